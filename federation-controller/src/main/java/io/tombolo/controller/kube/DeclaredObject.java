package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy, route or grant as it is on the API server.
 * @param name      empty for names that no resource can have, such as those with dots
 * @param createdAt whole seconds, by the API server's clock
 * @param spec      of a route without the parents that are for others, such as Gateways
 * @param parents   {@code spec.parentRefs} that are for the mesh (GEP-1426): services
 */
record DeclaredObject(
        Optional<ServiceName> name,
        Instant createdAt,
        long generation,
        JsonNode spec,
        List<JsonNode> parents,
        JsonNode status) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> MESH = Set.of("/Service", "core/Service", "multicluster.x-k8s.io/ServiceImport");

    static DeclaredObject of(GenericKubernetesResource object) {
        JsonNode rest = JSON.valueToTree(object.getAdditionalProperties());
        List<JsonNode> parents = rest.at("/spec/parentRefs")
                .valueStream()
                .filter(DeclaredObject::isService)
                .toList();
        return new DeclaredObject(
                ExportObject.name(object),
                Instant.parse(object.getMetadata().getCreationTimestamp()),
                ExportObject.generation(object),
                withParents(rest.path("spec"), parents),
                parents,
                rest.path("status"));
    }

    private static boolean isService(JsonNode parent) {
        // What is not said is a Gateway.
        return MESH.contains(parent.path("group").asText("gateway.networking.k8s.io") + "/"
                + parent.path("kind").asText("Gateway"));
    }

    private static JsonNode withParents(JsonNode spec, List<JsonNode> parents) {
        if (!(spec instanceof ObjectNode object) || !object.has("parentRefs")) {
            return spec;
        }
        ObjectNode own = object.deepCopy();
        ArrayNode kept = own.putArray("parentRefs");
        parents.forEach(kept::add);
        return own;
    }

    /** As it could have been written by hand. */
    String document(DeclaredKind kind, ServiceName name) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", kind.apiVersion())
                .put("kind", kind.resource().text());
        document.putObject("metadata").put("namespace", name.namespace()).put("name", name.name());
        document.set("spec", spec);
        return document.toString();
    }
}
