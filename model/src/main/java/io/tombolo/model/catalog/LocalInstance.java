package io.tombolo.model.catalog;

import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An instance in this cluster: the sidecar in front of it is dialled directly. Never leaves the cluster.
 * @param addresses of the sidecar's inbound listener
 * @param ports     service ports it answers on
 * @param hostname  as it says; nobody's if another ready one says the same
 */
public record LocalInstance(
        ServiceName service,
        InstanceId instance,
        List<HostPort> addresses,
        InstanceState state,
        int weight,
        String zone,
        Set<Integer> ports,
        SpiffeId id,
        Optional<InstanceHostname> hostname) {
    public LocalInstance {
        addresses = List.copyOf(addresses);
        ports = Set.copyOf(ports);
    }

    /** One that says no host name. */
    public LocalInstance(
            ServiceName service,
            InstanceId instance,
            List<HostPort> addresses,
            InstanceState state,
            int weight,
            String zone,
            Set<Integer> ports,
            SpiffeId id) {
        this(service, instance, addresses, state, weight, zone, ports, id, Optional.empty());
    }
}
