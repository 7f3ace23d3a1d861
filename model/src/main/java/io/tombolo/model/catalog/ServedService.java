package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Set;

/**
 * A service of this cluster, as the proxies that answer for it know it.
 * @param exported  whether other clusters may come at all; its own cluster's workloads always may
 * @param consumers who of them
 */
public record ServedService(
        ServiceName service,
        List<ExportedPort> ports,
        boolean exported,
        ExportMode mode,
        List<Consumer> consumers,
        Set<SpiffeId> serverIds) {
    public ServedService {
        ports = List.copyOf(ports);
        consumers = List.copyOf(consumers);
        serverIds = Set.copyOf(serverIds);
    }

    /** Whether a verified caller may use it. */
    public boolean admits(SpiffeId caller, ClusterId callerCluster, ClusterId ownCluster) {
        return callerCluster.equals(ownCluster)
                || (exported && consumers.stream().anyMatch(c -> c.admits(caller, callerCluster)));
    }
}
