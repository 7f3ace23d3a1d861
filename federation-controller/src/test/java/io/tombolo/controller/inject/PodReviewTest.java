package io.tombolo.controller.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.injection.KnownService;
import io.tombolo.injection.Services;
import io.tombolo.injection.SidecarTemplate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodReviewTest {
    static final SidecarTemplate SIDECAR = new SidecarTemplate(
            "tombolo:1", "Never", List.of(), "controller.test:15010", "a".repeat(64), "10.96.0.10", "cluster.local");

    static final Function<String, Optional<Services>> SHOP = namespace -> Optional.of(new Services(
            namespace.equals("shop")
                    ? List.of(new KnownService(
                            "checkout", Map.of("app", "checkout"), List.of(new KnownService.Port(80, "8080", "http"))))
                    : List.of(),
            true));

    static String review(String annotations) {
        return """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
                 "uid": "1", "namespace": "shop", "kind": {"group": "", "version": "v1", "kind": "Pod"},
                 "object": {"metadata": {"labels": {"app": "checkout"}, "annotations": {%s}}, "spec": {"containers": [{"name": "app"}]}}}}
                """.formatted(annotations);
    }

    private static JsonNode answered(String review) throws Exception {
        return new PodReview(SHOP, SIDECAR)
                .answer(new ObjectMapper().readTree(review))
                .orElseThrow()
                .path("response");
    }

    @Test
    void aPodGetsASidecarForTheServiceThatSelectsIt() throws Exception {
        JsonNode response = answered(review(""));
        assertThat(response.path("uid").asText()).isEqualTo("1");
        assertThat(response.path("allowed").asBoolean()).isTrue();
        JsonNode patch = new ObjectMapper()
                .readTree(Base64.getDecoder().decode(response.path("patch").asText()));
        assertThat(patch.at("/0/op").asText()).isEqualTo("replace");
        assertThat(patch.at("/0/path").asText()).isEqualTo("/spec");
        assertThat(patch.at("/0/value/containers/0/name").asText()).isEqualTo("app");
        assertThat(patch.at("/0/value/initContainers/0/args").toString()).contains("--service=checkout");
    }

    @Test
    void whoWantsNoneIsAllowedAsItIs() throws Exception {
        JsonNode response = answered(review("\"tombolo.io/inject\": \"false\""));
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.has("patch")).isFalse();
    }

    @Test
    void whoWantsNoneWaitsForNobody() throws Exception {
        JsonNode response = new PodReview(_ -> Optional.empty(), SIDECAR)
                .answer(new ObjectMapper().readTree(review("\"tombolo.io/inject\": \"false\"")))
                .orElseThrow()
                .path("response");
        assertThat(response.path("allowed").asBoolean()).isTrue();
    }

    @Test
    void aPodThatNoServiceSelectsIsWarnedOf() throws Exception {
        JsonNode response = answered(review("").replace("checkout", "batch"));
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.at("/warnings/0").asText()).contains("only calls");
    }

    @Test
    void whoCannotHaveOneIsRefusedInWords() throws Exception {
        JsonNode response = answered(review("\"tombolo.io/capture\": \"all\""));
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/code").asInt()).isEqualTo(403);
        assertThat(response.at("/status/message").asText()).contains("TB-7102", "dns, transparent or none");
    }

    @Test
    void whileServicesAreNotKnownNobodyIsTakenForAPodOfNone() throws Exception {
        JsonNode response = new PodReview(_ -> Optional.empty(), SIDECAR)
                .answer(new ObjectMapper().readTree(review("")))
                .orElseThrow()
                .path("response");
        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.at("/status/code").asInt()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "1",
                "null",
                "{\"request\": 1}",
                "{\"request\": {\"uid\": \"1\", \"kind\": {\"kind\": \"Service\"}, \"object\": {}}}",
                "{\"request\": {\"uid\": 1, \"kind\": {\"kind\": \"Pod\"}, \"object\": {}}}",
                "{\"request\": {\"uid\": \"1\", \"kind\": {\"kind\": \"Pod\"}, \"object\": []}}"
            })
    void whatIsNoReviewOfAPodHasNoAnswer(String review) throws Exception {
        assertThat(new PodReview(SHOP, SIDECAR).answer(new ObjectMapper().readTree(review)))
                .isEmpty();
    }
}
