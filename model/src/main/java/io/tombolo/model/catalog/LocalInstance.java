package io.tombolo.model.catalog;

import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Set;

/**
 * An instance in this cluster: the sidecar in front of it is dialled directly. Never leaves the cluster.
 * @param addresses of the sidecar's inbound listener
 * @param ports     service ports it answers on
 */
public record LocalInstance(
        ServiceName service,
        InstanceId instance,
        List<HostPort> addresses,
        InstanceState state,
        int weight,
        String zone,
        Set<Integer> ports,
        SpiffeId id) {
    public LocalInstance {
        addresses = List.copyOf(addresses);
        ports = Set.copyOf(ports);
    }
}
