package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paths into another cluster.
 * @param gatewayId the id its gateways prove
 * @param measured  how this cluster's own gateways see those paths: a prior
 * @param trusted   false while the two do not hold each other's bundles: nothing is dialled
 */
public record ClusterGateways(
        ClusterId cluster,
        List<GatewayInstance> gateways,
        SpiffeId gatewayId,
        List<PathHealth> measured,
        boolean trusted) {
    public ClusterGateways {
        gateways = List.copyOf(gateways);
        measured = List.copyOf(measured);
    }

    /**
     * Who may answer when {@code gateway} is dialled: itself, and those that share an address with it, as behind a load
     * balancer.
     */
    public Set<InstanceId> sharingAddress(GatewayInstance gateway) {
        return gateways.stream()
                .filter(other -> other.equals(gateway) || !Collections.disjoint(other.addresses(), gateway.addresses()))
                .map(GatewayInstance::instance)
                .collect(Collectors.toUnmodifiableSet());
    }
}
