package io.tombolo.controller.kube;

import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gateways of other clusters to which a path has worked. That holds as long as the cluster's lease does, also when this controller
 * starts anew: a path that fails for a moment, or of which nobody has said anything yet, is no reason to write every slice anew. One
 * thread's own.
 */
final class Proven {
    private final Set<InstanceId> gateways = new HashSet<>();
    private final Map<String, Set<Place>> before = new HashMap<>();

    /** Where a gateway of a cluster is. */
    record Place(String ip, int port) {}

    /** What slices of before say of a cluster: it counts for the gateways that the cluster is found with. */
    void wereReady(String cluster, Stream<Place> places) {
        places.forEach(before.computeIfAbsent(cluster, _ -> new HashSet<>())::add);
    }

    /** With what is known now. */
    Set<InstanceId> with(Map<ClusterId, OriginFacts> origins) {
        var there = new HashSet<InstanceId>();
        origins.forEach((cluster, origin) -> {
            if (!origin.over()) {
                origin.gateways().stream().map(GatewayInstance::instance).forEach(there::add);
                gateways.addAll(origin.working());
            }
            if (!origin.gateways().isEmpty()) {
                recognise(
                        origin,
                        Optional.ofNullable(before.remove(cluster.value())).orElse(Set.of()));
            }
        });
        gateways.retainAll(there);
        return Set.copyOf(gateways);
    }

    private void recognise(OriginFacts origin, Set<Place> ready) {
        for (GatewayInstance gateway : origin.gateways()) {
            boolean was = gateway.addresses().stream()
                    .flatMap(at -> SliceEndpoint.of(at, true).stream())
                    .anyMatch(one -> ready.contains(new Place(one.ip(), one.port())));
            if (was) {
                gateways.add(gateway.instance());
            }
        }
    }
}
