package io.tombolo.model.catalog;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A service that one cluster makes available to the federation.
 * @param ports       1 to 64, no port number and no non-empty name twice
 * @param affinity    {@code None} or {@code ClientIP}
 * @param labels      exported labels
 * @param annotations exported annotations
 * @param serverIds   the exact ids that may answer; at least one
 * @param consumers   who may call; empty = nobody
 * @param grants      how much of its capacity whom may plan with
 * @param traits      what else it says of itself
 * @param createdAt   when the export was made, millisecond precision; the oldest wins conflicts
 */
public record ExportedService(
        ServiceName service,
        List<ExportedPort> ports,
        ServiceType type,
        String affinity,
        Map<String, String> labels,
        Map<String, String> annotations,
        ExportMode mode,
        List<SpiffeId> serverIds,
        List<Consumer> consumers,
        CapacityGrants grants,
        ServiceTraits traits,
        Instant createdAt) {
    /** Most ports of one export. */
    public static final int MAX_PORTS = 64;

    public ExportedService {
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        serverIds = List.copyOf(serverIds);
        consumers = List.copyOf(consumers);
        require(service, !ports.isEmpty() && ports.size() <= MAX_PORTS, "ports", "1 to " + MAX_PORTS);
        require(service, distinctPorts(ports), "ports", "each port number and name once");
        require(service, !serverIds.isEmpty(), "serverAccounts", "at least one");
        require(service, affinity.equals("None") || affinity.equals("ClientIP"), "sessionAffinity", "None or ClientIP");
    }

    /** One that grants nobody more than the others, and says nothing else. */
    public ExportedService(
            ServiceName service,
            List<ExportedPort> ports,
            ServiceType type,
            String affinity,
            Map<String, String> labels,
            Map<String, String> annotations,
            ExportMode mode,
            List<SpiffeId> serverIds,
            List<Consumer> consumers,
            Instant createdAt) {
        this(
                service,
                ports,
                type,
                affinity,
                labels,
                annotations,
                mode,
                serverIds,
                consumers,
                CapacityGrants.NONE,
                ServiceTraits.NONE,
                createdAt);
    }

    private static boolean distinctPorts(List<ExportedPort> ports) {
        var numbers = new HashSet<Integer>();
        var names = new HashSet<String>();
        return ports.stream().allMatch(p -> numbers.add(p.port()) && (p.name().isEmpty() || names.add(p.name())));
    }

    private static void require(ServiceName service, boolean holds, String field, String expected) {
        if (!holds) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE, "export " + service + ": " + field, "out of range", "expected " + expected);
        }
    }
}
