package io.tombolo.controller.kube;

import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.name.InstanceId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Gateways of other clusters to which a path has worked. That holds as long as the cluster's lease does: a path that fails for a moment
 * is no reason to write every slice anew. One thread's own.
 */
final class Proven {
    private final Set<InstanceId> gateways = new HashSet<>();

    /** With what is known now. */
    Set<InstanceId> with(Collection<OriginFacts> origins) {
        var there = new HashSet<InstanceId>();
        for (OriginFacts origin : origins) {
            if (!origin.over()) {
                origin.gateways().stream().map(GatewayInstance::instance).forEach(there::add);
                gateways.addAll(origin.working());
            }
        }
        gateways.retainAll(there);
        return Set.copyOf(gateways);
    }
}
