package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A {@code ServiceExport} of the MCS API, v1beta1.
 * @param name        of the service; empty for names that no service can have, such as those with dots
 * @param createdAt   whole seconds, by the API server's clock
 * @param labels      of {@code spec.exportedLabels}: never those of the object itself
 * @param annotations of {@code spec.exportedAnnotations}
 * @param written     what its status says
 */
record ExportObject(
        Optional<ServiceName> name,
        long generation,
        Instant createdAt,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Written> written) {
    /**
     * A condition in a status.
     * @param observedGeneration of the object that it was said of
     * @param since              RFC 3339: when it became what it is
     */
    record Written(Condition condition, long observedGeneration, String since) {}

    static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("multicluster.x-k8s.io")
            .withVersion("v1beta1")
            .withKind("ServiceExport")
            .withPlural("serviceexports")
            .withNamespaced(true)
            .build();

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty for a name that no service can have. */
    static Optional<ServiceName> name(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        return Rfc1123.isLabel(namespace) && Rfc1123.isLabel(name)
                ? Optional.of(new ServiceName(namespace, name))
                : Optional.empty();
    }

    static ExportObject of(GenericKubernetesResource object) {
        JsonNode rest = JSON.valueToTree(object.getAdditionalProperties());
        Long generation = object.getMetadata().getGeneration();
        return new ExportObject(
                name(object),
                generation == null ? 0 : generation,
                Instant.parse(object.getMetadata().getCreationTimestamp()),
                texts(rest.at("/spec/exportedLabels")),
                texts(rest.at("/spec/exportedAnnotations")),
                written(rest.at("/status/conditions")));
    }

    private static Map<String, String> texts(JsonNode said) {
        var texts = new TreeMap<String, String>();
        said.properties().forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
        return texts;
    }

    private static List<Written> written(JsonNode said) {
        var written = new ArrayList<Written>();
        said.forEach(one -> written.add(new Written(
                new Condition(
                        one.path("type").asText(),
                        one.path("status").asText(),
                        one.path("reason").asText(),
                        one.path("message").asText()),
                one.path("observedGeneration").asLong(),
                one.path("lastTransitionTime").asText())));
        return written;
    }

    /** Whether its status says all of this, of the object as it is. */
    boolean says(List<Condition> conditions) {
        return written.stream().map(Written::condition).toList().equals(conditions)
                && written.stream().allMatch(one -> one.observedGeneration() == generation);
    }

    /** Since when it has this condition with this status, if its status says so. */
    Optional<String> since(Condition condition) {
        return written.stream()
                .filter(one -> one.condition().type().equals(condition.type())
                        && one.condition().status().equals(condition.status()))
                .map(Written::since)
                .filter(time -> !time.isEmpty())
                .findFirst();
    }
}
