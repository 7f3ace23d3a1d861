package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses a workload without a sidecar for one connection: the wanted one if it is ready, else the ready one with the fewest
 * connections for its weight. O(endpoints of the service).
 */
public final class EndpointPick {
    private final Loads loads;

    public EndpointPick(Loads loads) {
        this.loads = loads;
    }

    /** The endpoint that the name asks for, whoever else there is. */
    public Optional<WorkloadEndpoint> named(Sni.Service name, ProxyConfig config) {
        return name.instance()
                .flatMap(id -> ready(name, config).stream()
                        .filter(endpoint -> endpoint.instance().equals(id))
                        .findFirst());
    }

    /** Any; empty if none is ready, or exactly another one is wanted. */
    public Optional<WorkloadEndpoint> any(Sni.Service name, ProxyConfig config) {
        return name.wanted() == Sni.Wanted.EXACT
                ? Optional.empty()
                : ready(name, config).stream().min(Comparator.comparingDouble(endpoint -> load(endpoint)));
    }

    private static List<WorkloadEndpoint> ready(Sni.Service name, ProxyConfig config) {
        return config.endpoints(name.port().service()).stream()
                .filter(endpoint -> endpoint.state() == InstanceState.READY
                        && endpoint.address(name.port().port()).isPresent())
                .toList();
    }

    private double load(WorkloadEndpoint endpoint) {
        InstanceId id = endpoint.instance();
        return (loads.of(id) + 1.0) / endpoint.weight();
    }
}
