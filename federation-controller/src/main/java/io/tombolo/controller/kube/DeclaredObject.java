package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
 * @param written   all but metadata and status; of a route without the parents and hostnames that are for others, such as Gateways, of a grant without
 *                  what it says to others
 * @param parents   {@code spec.parentRefs} that are for the mesh (GEP-1426): services
 */
record DeclaredObject(
        Optional<ServiceName> name,
        Instant createdAt,
        long generation,
        ObjectNode written,
        List<JsonNode> parents,
        JsonNode status) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GATEWAY_API = "gateway.networking.k8s.io";
    private static final Set<String> SERVICES =
            Set.of("/Service", "core/Service", "multicluster.x-k8s.io/ServiceImport");
    private static final Set<String> ROUTES = Set.of(GATEWAY_API + "/HTTPRoute", GATEWAY_API + "/GRPCRoute");

    static DeclaredObject of(DeclaredKind kind, GenericKubernetesResource object) {
        ObjectNode written = JSON.valueToTree(object.getAdditionalProperties());
        JsonNode status = written.path("status");
        written.remove("status");
        // What is not said of a parent is a Gateway.
        List<JsonNode> parents =
                kind.isRoute() ? keep(written.path("spec"), "parentRefs", SERVICES, GATEWAY_API, "Gateway") : List.of();
        if (kind.isRoute() && written.path("spec") instanceof ObjectNode spec) {
            spec.remove("hostnames"); // they are for Gateways, and mean nothing in a mesh (GEP-1426)
        }
        if (kind == DeclaredKind.REFERENCE_GRANT) {
            keep(written.path("spec"), "from", ROUTES, "", "");
            keep(written.path("spec"), "to", SERVICES, "", "");
        }
        return new DeclaredObject(
                ExportObject.name(object),
                Instant.parse(object.getMetadata().getCreationTimestamp()),
                ExportObject.generation(object),
                written,
                parents,
                status);
    }

    /** Leaves in a list of references those to some kinds. @return them */
    private static List<JsonNode> keep(
            JsonNode spec, String list, Set<String> kinds, String usualGroup, String usualKind) {
        if (!(spec instanceof ObjectNode object) || !(spec.path(list) instanceof ArrayNode all)) {
            return List.of();
        }
        List<JsonNode> kept = all.valueStream()
                .filter(one -> kinds.contains(one.path("group").asText(usualGroup) + "/"
                        + one.path("kind").asText(usualKind)))
                .toList();
        object.putArray(list).addAll(kept);
        return kept;
    }

    /** Whether it is for others only. */
    boolean isForOthers(DeclaredKind kind) {
        JsonNode spec = written.path("spec");
        return kind.isRoute() && parents.isEmpty()
                || kind == DeclaredKind.REFERENCE_GRANT
                        && (spec.path("from").isEmpty() || spec.path("to").isEmpty());
    }

    /** As it could have been written by hand; what does not belong there is in it too, for the reader to refuse. */
    String document(DeclaredKind kind, ServiceName name) {
        ObjectNode document = written.deepCopy();
        document.put("apiVersion", kind.apiVersion())
                .put("kind", kind.resource().text());
        document.putObject("metadata").put("namespace", name.namespace()).put("name", name.name());
        return document.toString();
    }
}
