package io.tombolo.controller.kube;

import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.name.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one cluster as a place where services are.
 * @param gateways where it is reached; of the own cluster nobody's business here
 * @param working  those to which a path is known to work; of the others it is not known
 * @param lease    how long after its last pulse it counts as alive
 * @param pulse    when that came, by the wall clock; empty = none came since this controller started
 * @param over     whether its lease is over, and that is not because this cluster is cut off
 */
public record OriginFacts(
        List<GatewayInstance> gateways,
        Set<InstanceId> working,
        Duration lease,
        Optional<Instant> pulse,
        boolean over) {
    public OriginFacts {
        gateways = List.copyOf(gateways);
        working = Set.copyOf(working);
    }
}
