package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.SpiffeId;
import java.util.List;

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
}
