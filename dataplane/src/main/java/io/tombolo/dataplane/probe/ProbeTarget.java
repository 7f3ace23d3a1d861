package io.tombolo.dataplane.probe;

import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One gateway instance to be measured.
 * @param addresses tried in order; at least one
 * @param answering whose answer counts: the gateway itself, and those that share an address with it
 * @param gatewayId what they must prove
 * @param dialing   which addresses may be dialled; empty = not said
 */
public record ProbeTarget(
        ClusterId cluster,
        InstanceId gateway,
        List<HostPort> addresses,
        Set<InstanceId> answering,
        SpiffeId gatewayId,
        FederationName federation,
        Optional<AddressRules> dialing) {
    public ProbeTarget {
        addresses = List.copyOf(addresses);
        answering = Set.copyOf(answering);
        if (!answering.contains(gateway)) {
            throw new IllegalArgumentException("a gateway answers for itself");
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a gateway has an address");
        }
    }

    /** One of these gateways. */
    public static ProbeTarget of(
            ClusterGateways paths, GatewayInstance gateway, FederationName federation, Optional<AddressRules> dialing) {
        return new ProbeTarget(
                paths.cluster(),
                gateway.instance(),
                gateway.addresses(),
                paths.sharingAddress(gateway),
                paths.gatewayId(),
                federation,
                dialing);
    }

    /** Whether another gateway may answer. */
    boolean isShared() {
        return answering.size() > 1;
    }

    Sni.Probe name() {
        return new Sni.Probe(gateway, cluster, federation);
    }
}
