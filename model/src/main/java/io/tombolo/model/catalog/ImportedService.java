package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.setting.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service as it appears in one importing cluster: the merge of all exports of that name, the local one included.
 * @param ports       the union; traffic for a port goes only to sources that expose it
 * @param sources     by cluster id
 * @param withdrawnAt set when nobody exports it any more; kept for a while so that callers hear why
 */
public record ImportedService(
        ServiceName service,
        List<ExportedPort> ports,
        ServiceType type,
        String affinity,
        List<Source> sources,
        Optional<Instant> withdrawnAt) {
    /** The affinity of callers that stay with their instance. */
    public static final String CLIENT_IP = "ClientIP";

    public ImportedService {
        ports = List.copyOf(ports);
        sources = List.copyOf(sources);
    }

    /** What one cluster has of it; without sources if that has nothing. */
    public ImportedService only(ClusterId cluster) {
        List<Source> its = sources.stream()
                .filter(source -> source.cluster().equals(cluster))
                .toList();
        return new ImportedService(service, ports, type, affinity, its, withdrawnAt);
    }

    /**
     * One exporting cluster.
     * @param ports     what this cluster exposes
     * @param serverIds the ids that may answer there
     * @param health    empty = unknown
     * @param grantedPerSecond how much of the capacity that {@code health} says the importing cluster may plan with; 0 when
     *                  that is 0
     */
    public record Source(
            ClusterId cluster,
            Locality locality,
            Set<Integer> ports,
            Set<SpiffeId> serverIds,
            ExportMode mode,
            Optional<ServiceHealth> health,
            Instant createdAt,
            long grantedPerSecond) {
        public Source {
            ports = Set.copyOf(ports);
            serverIds = Set.copyOf(serverIds);
            long capacity = capacity(health);
            Setting.check(
                    grantedPerSecond >= 0 && grantedPerSecond <= capacity,
                    "granted",
                    grantedPerSecond,
                    "0 to the capacity " + capacity);
        }

        /** One whose whole capacity may be planned with. */
        public Source(
                ClusterId cluster,
                Locality locality,
                Set<Integer> ports,
                Set<SpiffeId> serverIds,
                ExportMode mode,
                Optional<ServiceHealth> health,
                Instant createdAt) {
            this(cluster, locality, ports, serverIds, mode, health, createdAt, capacity(health));
        }

        /** Requests per second that the cluster says it can take; 0 = not said. */
        public long capacityPerSecond() {
            return capacity(health);
        }

        /** The same with another part of its capacity. */
        public Source granted(long perSecond) {
            return new Source(cluster, locality, ports, serverIds, mode, health, createdAt, perSecond);
        }

        private static long capacity(Optional<ServiceHealth> health) {
            return health.map(ServiceHealth::capacityPerSecond).orElse(0L);
        }
    }
}
