package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status of an import.
 * @param clusters that export it, sorted
 */
record ImportStanding(List<String> clusters, Conditions conditions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What its status says. */
    static ImportStanding of(GenericKubernetesResource object) {
        JsonNode status = JSON.valueToTree(object.getAdditionalProperties()).path("status");
        var clusters = new ArrayList<String>();
        status.path("clusters").forEach(one -> clusters.add(one.path("cluster").asText()));
        return new ImportStanding(clusters, Conditions.of(ExportObject.generation(object), status.path("conditions")));
    }

    /** Those that export it. */
    static List<String> clusters(SharedService shared) {
        return shared.service().sources().stream()
                .map(source -> source.cluster().value())
                .sorted()
                .toList();
    }

    /**
     * What is to be said of it: who has a sidecar reaches it.
     * @param placed  whether it has addresses
     * @param without which limit keeps it from that
     */
    static List<Condition> conditions(ServiceName name, boolean placed, Optional<AddressLimits.Limit> without) {
        return List.of(Condition.holds(
                "Ready",
                "Ready",
                "programs with a sidecar reach it as " + name.name() + "." + name.namespace() + ".svc.clusterset.local"
                        + (placed
                                ? ", and with transparent capture at its addresses; others are refused there"
                                : "; it has no address of its own, so that others do not"
                                        + without.map(limit -> ": " + limit.text())
                                                .orElse(""))));
    }

    boolean says(List<String> wanted, List<Condition> all) {
        return clusters.equals(wanted) && conditions.say(all);
    }

    static Map<String, Object> written(List<String> clusters) {
        return Map.of(
                "clusters", clusters.stream().map(one -> Map.of("cluster", one)).toList());
    }
}
