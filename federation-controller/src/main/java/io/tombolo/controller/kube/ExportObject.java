package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A {@code ServiceExport} of the MCS API, v1beta1.
 * @param name        of the service; empty for names that no service can have, such as those with dots
 * @param createdAt   whole seconds, by the API server's clock
 * @param serverAccounts of the annotation {@value #SERVER_ACCOUNTS}: who may answer; none = whose name is the service's
 * @param labels      of {@code spec.exportedLabels}: never those of the object itself
 * @param annotations of {@code spec.exportedAnnotations}
 */
record ExportObject(
        Optional<ServiceName> name,
        Instant createdAt,
        List<String> serverAccounts,
        Map<String, String> labels,
        Map<String, String> annotations,
        Conditions conditions) {
    static final String SERVER_ACCOUNTS = "tombolo.io/server-accounts";

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
        return name(object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    static Optional<ServiceName> name(String namespace, String name) {
        return Rfc1123.isLabel(namespace) && Rfc1123.isLabel(name)
                ? Optional.of(new ServiceName(namespace, name))
                : Optional.empty();
    }

    static long generation(HasMetadata object) {
        Long generation = object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    static ExportObject of(GenericKubernetesResource object) {
        JsonNode rest = JSON.valueToTree(object.getAdditionalProperties());
        return new ExportObject(
                name(object),
                Instant.parse(object.getMetadata().getCreationTimestamp()),
                serverAccounts(object),
                texts(rest.at("/spec/exportedLabels")),
                texts(rest.at("/spec/exportedAnnotations")),
                Conditions.of(generation(object), rest.at("/status/conditions")));
    }

    private static List<String> serverAccounts(HasMetadata object) {
        return Stream.ofNullable(object.getMetadata().getAnnotations())
                .flatMap(annotations -> Stream.ofNullable(annotations.get(SERVER_ACCOUNTS)))
                .flatMap(said -> Stream.of(said.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static Map<String, String> texts(JsonNode said) {
        var texts = new TreeMap<String, String>();
        said.properties().forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
        return texts;
    }
}
