package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Set;

/**
 * A service of this cluster, as the proxies that answer for it know it.
 * @param exported  whether other clusters may come at all; its own cluster's workloads always may
 * @param consumers who of them
 * @param hostnames what a request may have for Host beside the service's own names
 */
public record ServedService(
        ServiceName service,
        List<ExportedPort> ports,
        boolean exported,
        ExportMode mode,
        List<Consumer> consumers,
        Set<SpiffeId> serverIds,
        Set<Hostname> hostnames) {
    /** Of one service. */
    public static final int MOST_HOSTNAMES = 16;

    /** With its own names only. */
    public ServedService(
            ServiceName service,
            List<ExportedPort> ports,
            boolean exported,
            ExportMode mode,
            List<Consumer> consumers,
            Set<SpiffeId> serverIds) {
        this(service, ports, exported, mode, consumers, serverIds, Set.of());
    }

    public ServedService {
        ports = List.copyOf(ports);
        consumers = List.copyOf(consumers);
        serverIds = Set.copyOf(serverIds);
        hostnames = Set.copyOf(hostnames);
    }

    /** Whether its owner lets requests be for it under that name, which is none of its own. */
    public boolean isAlsoCalled(String host) {
        return hostnames.stream().anyMatch(name -> name.text().equals(host));
    }

    /** Whether a verified caller may use it. */
    public boolean admits(SpiffeId caller, ClusterId callerCluster, ClusterId ownCluster) {
        return callerCluster.equals(ownCluster)
                || (exported && consumers.stream().anyMatch(c -> c.admits(caller, callerCluster)));
    }
}
