package io.tombolo.dataplane.probe;

import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Optional;

/**
 * One gateway instance to be measured.
 * @param addresses tried in order; at least one
 * @param gatewayId what it must prove
 * @param dialing   which addresses may be dialled; empty = not said
 */
public record ProbeTarget(
        ClusterId cluster,
        InstanceId gateway,
        List<HostPort> addresses,
        SpiffeId gatewayId,
        FederationName federation,
        Optional<AddressRules> dialing) {
    /** Without rules for addresses. */
    public ProbeTarget(
            ClusterId cluster,
            InstanceId gateway,
            List<HostPort> addresses,
            SpiffeId gatewayId,
            FederationName federation) {
        this(cluster, gateway, addresses, gatewayId, federation, Optional.empty());
    }

    public ProbeTarget {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a gateway has an address");
        }
    }

    Sni.Probe name() {
        return new Sni.Probe(gateway, cluster, federation);
    }
}
