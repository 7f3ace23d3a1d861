package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives a new Service one address of each family, as the API server of a cluster with both does, and none that somebody has. */
final class GivesAddresses extends KubernetesMixedDispatcher {
    private static final int INVALID = 422;
    private static final int FORBIDDEN = 403;

    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final AtomicInteger last = new AtomicInteger();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private volatile int refusal;
    private volatile Optional<String> refusedSlices = Optional.empty();
    private volatile Set<String> unknown = Set.of();
    private volatile boolean refusesStatuses;

    GivesAddresses(Map<ServerRequest, Queue<ServerResponse>> answers) {
        super(answers);
    }

    /** Somebody else has it from now on. */
    void isTaken(String ip) {
        taken.add(ip);
    }

    /** No Service is made from now on. @param code what is said instead; 0 = they are made again */
    void refusesServices(int code) {
        refusal = code;
    }

    /** No slice is made of which the text has this in it; empty = every one is. */
    void refusesSlices(Optional<String> with) {
        refusedSlices = with;
    }

    /** Nobody may write the status of an import from now on. */
    void refusesStatuses(boolean refuses) {
        refusesStatuses = refuses;
    }

    /** The definition of imports knows none of these fields of a spec from now on. */
    void prunesImports(Set<String> fields) {
        unknown = fields;
    }

    private RecordedRequest pruned(RecordedRequest request) {
        var made = yaml.unmarshal(request.getUtf8Body(), GenericKubernetesResource.class);
        if (made.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec) {
            var kept = new HashMap<>(spec);
            kept.keySet().removeAll(unknown);
            made.setAdditionalProperty("spec", kept);
        }
        return saying(request, yaml.asJson(made));
    }

    private static RecordedRequest saying(RecordedRequest request, String body) {
        return new RecordedRequest(
                request.getHttpVersion(),
                request.method(),
                request.getPath(),
                request.getHeaders(),
                new Buffer(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static MockResponse refused(int code, String why) {
        return new MockResponse()
                .setResponseCode(code)
                .setBody(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,\"message\":\"%s\"}"
                                .formatted(code, why));
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (request.method() == HttpMethod.POST && request.getPath().endsWith("/endpointslices")) {
            String text = request.getUtf8Body(); // can be read once
            return refusedSlices.filter(text::contains).isPresent()
                    ? refused(INVALID, "no such slice")
                    : super.dispatch(saying(request, text));
        }
        boolean writes = request.method() == HttpMethod.POST || request.method() == HttpMethod.PUT;
        if (writes && request.getPath().contains("/serviceimports")) {
            if (refusesStatuses && request.getPath().endsWith("/status")) {
                return refused(FORBIDDEN, "no statuses now");
            }
            return super.dispatch(pruned(request));
        }
        if (request.method() != HttpMethod.POST || !request.getPath().matches("/api/v1/namespaces/[^/]+/services")) {
            return super.dispatch(request);
        }
        if (refusal > 0) {
            return refused(refusal, "no Services now");
        }
        Service made = yaml.unmarshal(request.getUtf8Body(), Service.class);
        if (made.getSpec().getClusterIPs().stream().anyMatch(taken::contains)) {
            return refused(INVALID, "spec.clusterIPs: provided IP is already allocated");
        }
        if (made.getSpec().getClusterIP() == null) {
            int number = last.incrementAndGet();
            made.getSpec()
                    .setClusterIPs(List.of(
                            "10.96.%d.%d".formatted(number / 250, number % 250 + 1), "fd96::%x".formatted(number)));
            made.getSpec().setClusterIP(made.getSpec().getClusterIPs().getFirst());
        }
        return super.dispatch(saying(request, yaml.asJson(made)));
    }
}
