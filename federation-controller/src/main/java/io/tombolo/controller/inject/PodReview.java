package io.tombolo.controller.inject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.injection.Injection;
import io.tombolo.injection.Services;
import io.tombolo.injection.SidecarTemplate;
import io.tombolo.model.fault.TomboloException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** What is answered to a review of a pod that is being made. Pure, but for what is known of Services. */
final class PodReview {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final Function<String, Optional<Services>> services;
    private final SidecarTemplate sidecar;

    /** @param services of a namespace; empty = not known now */
    PodReview(Function<String, Optional<Services>> services, SidecarTemplate sidecar) {
        this.services = services;
        this.sidecar = sidecar;
    }

    /** @return empty for what is no review of a pod */
    Optional<ObjectNode> answer(JsonNode review) {
        JsonNode request = review.path("request");
        if (!(request.path("object") instanceof ObjectNode pod)
                || !request.at("/kind/kind").asText().equals("Pod")
                || !request.path("uid").isTextual()) {
            return Optional.empty();
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode response = answer.putObject("response");
        response.put("uid", request.path("uid").asText());
        decide(pod, request.path("namespace").asText(), response);
        return Optional.of(answer);
    }

    private void decide(ObjectNode pod, String namespace, ObjectNode response) {
        try {
            if (!Injection.isWanted(pod)) {
                ReviewCount.LEFT.add();
                response.put("allowed", true);
                return;
            }
            inject(pod, namespace, response);
        } catch (TomboloException refused) {
            ReviewCount.REFUSED.add();
            refuse(response, FORBIDDEN, String.valueOf(refused.getMessage()));
        }
    }

    private void inject(ObjectNode pod, String namespace, ObjectNode response) {
        Optional<Services> known = services.apply(namespace);
        if (known.isEmpty()) {
            ReviewCount.UNKNOWN.add();
            refuse(
                    response,
                    UNAVAILABLE,
                    "Tombolo does not know the Services of this namespace now: try again in some seconds");
            return;
        }
        Injection.Outcome outcome = Injection.into(pod, namespace, known.get(), sidecar);
        response.put("allowed", true);
        if (outcome instanceof Injection.Outcome.Injected(ObjectNode with, boolean serves)) {
            ReviewCount.INJECTED.add();
            if (!with.equals(pod)) {
                response.put("patchType", "JSONPatch").put("patch", patch(with.path("spec")));
            }
            if (!serves) {
                response.putArray("warnings")
                        .add(
                                "Tombolo: no Service selects this pod, so its sidecar only calls; create a Service before its pods");
            }
        }
    }

    private static void refuse(ObjectNode response, int code, String message) {
        response.put("allowed", false);
        response.putObject("status").put("code", code).put("message", message);
    }

    /** RFC 6902, in base64. */
    private static String patch(JsonNode spec) {
        var patch = JSON.createArrayNode();
        patch.addObject().put("op", "replace").put("path", "/spec").set("value", spec);
        try {
            return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(patch));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree always prints", impossible);
        }
    }
}
