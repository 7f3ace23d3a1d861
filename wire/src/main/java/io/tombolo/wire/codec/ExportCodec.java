package io.tombolo.wire.codec;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.log.CapacityGrant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Exports and their parts. */
public final class ExportCodec {
    /** Most ids that may answer for one export, and most consumers that it names. */
    public static final int MAX_IDS = 256;

    private static final int MAX_LABELS = 64;

    private ExportCodec() {}

    /**
     * Reads an export.
     * @throws io.tombolo.model.fault.TomboloException if any part of it is out of range or unknown
     */
    public static ExportedService toModel(io.tombolo.wire.log.ExportedService wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "export " + service;
        Wire.list(where + ": labels", List.copyOf(wire.getLabelsMap().keySet()), MAX_LABELS, l -> l);
        Wire.list(where + ": annotations", List.copyOf(wire.getAnnotationsMap().keySet()), MAX_LABELS, l -> l);
        return new ExportedService(
                service,
                ports(where, wire.getPortsList()),
                type(where, wire.getType()),
                wire.getSessionAffinity().isEmpty() ? "None" : wire.getSessionAffinity(),
                wire.getLabelsMap(),
                wire.getAnnotationsMap(),
                mode(where, wire.getMode()),
                Wire.list(where + ": server ids", wire.getServerIdsList(), MAX_IDS, Wire::id),
                consumers(where, wire.getConsumersList()),
                grants(where, wire.getGrantsList()),
                TraitsCodec.toModel(where, wire),
                Wire.instant(where + ": created", wire.getCreatedAtMs()));
    }

    /** Writes an export; the same value gives the same bytes, map entries included. */
    public static io.tombolo.wire.log.ExportedService toWire(ExportedService export) {
        var wire = io.tombolo.wire.log.ExportedService.newBuilder()
                .setNamespace(export.service().namespace())
                .setName(export.service().name())
                .addAllPorts(wirePorts(export.ports()))
                .setType(type(export.type()))
                .setSessionAffinity(export.affinity())
                .putAllLabels(new TreeMap<>(export.labels()))
                .putAllAnnotations(new TreeMap<>(export.annotations()))
                .setMode(mode(export.mode()))
                .addAllServerIds(texts(export.serverIds()))
                .addAllConsumers(
                        export.consumers().stream().map(ExportCodec::consumer).toList())
                .setCreatedAtMs(export.createdAt().toEpochMilli())
                .addAllGrants(grants(export.grants()));
        TraitsCodec.put(wire, export.traits());
        return wire.build();
    }

    private static CapacityGrants grants(String where, List<CapacityGrant> wire) {
        var percents = new HashMap<ClusterId, Integer>();
        for (CapacityGrant grant : wire) {
            if (percents.put(new ClusterId(grant.getCluster()), Wire.count(where, grant.getPercent())) != null) {
                throw Wire.malformed(where, "it grants to " + grant.getCluster() + " twice");
            }
        }
        return new CapacityGrants(percents);
    }

    private static List<CapacityGrant> grants(CapacityGrants grants) {
        return new TreeMap<>(grants.percents())
                .entrySet().stream()
                        .map(grant -> CapacityGrant.newBuilder()
                                .setCluster(grant.getKey().value())
                                .setPercent(grant.getValue())
                                .build())
                        .toList();
    }

    static List<ExportedPort> ports(String where, List<io.tombolo.wire.log.ExportedPort> ports) {
        return Wire.list(where + ": ports", ports, ExportedService.MAX_PORTS, ExportCodec::port);
    }

    static List<io.tombolo.wire.log.ExportedPort> wirePorts(List<ExportedPort> ports) {
        return ports.stream().map(ExportCodec::port).toList();
    }

    static List<Consumer> consumers(String where, List<io.tombolo.wire.log.Consumer> consumers) {
        return Wire.list(where + ": consumers", consumers, MAX_IDS, ExportCodec::consumer);
    }

    static io.tombolo.wire.log.Consumer consumer(Consumer consumer) {
        return io.tombolo.wire.log.Consumer.newBuilder()
                .setCluster(consumer.cluster().map(ClusterId::value).orElse(""))
                .setNamespace(consumer.namespace().orElse(""))
                .setSpiffeId(consumer.id().map(SpiffeId::toString).orElse(""))
                .build();
    }

    static Set<SpiffeId> ids(String where, List<String> ids) {
        return Wire.list(where + ": server ids", ids, MAX_IDS, Wire::id).stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** In one order, so that digests of the same state are equal. */
    static List<String> texts(Collection<SpiffeId> ids) {
        return ids.stream().sorted().map(SpiffeId::toString).toList();
    }

    static ExportMode mode(String where, io.tombolo.wire.log.ExportMode mode) {
        return switch (mode) {
            case EXPORT_MODE_PASSTHROUGH -> ExportMode.PASSTHROUGH;
            case EXPORT_MODE_TERMINATE -> ExportMode.TERMINATE;
            case EXPORT_MODE_UNSPECIFIED, UNRECOGNIZED -> throw Wire.malformed(where, "its mode is unknown");
        };
    }

    static io.tombolo.wire.log.ExportMode mode(ExportMode mode) {
        return switch (mode) {
            case PASSTHROUGH -> io.tombolo.wire.log.ExportMode.EXPORT_MODE_PASSTHROUGH;
            case TERMINATE -> io.tombolo.wire.log.ExportMode.EXPORT_MODE_TERMINATE;
        };
    }

    static ServiceType type(String where, io.tombolo.wire.log.ServiceType type) {
        return switch (type) {
            case SERVICE_TYPE_CLUSTER_SET_IP -> ServiceType.CLUSTER_SET_IP;
            case SERVICE_TYPE_HEADLESS -> ServiceType.HEADLESS;
            case SERVICE_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw Wire.malformed(where, "its type is unknown");
        };
    }

    static io.tombolo.wire.log.ServiceType type(ServiceType type) {
        return switch (type) {
            case CLUSTER_SET_IP -> io.tombolo.wire.log.ServiceType.SERVICE_TYPE_CLUSTER_SET_IP;
            case HEADLESS -> io.tombolo.wire.log.ServiceType.SERVICE_TYPE_HEADLESS;
        };
    }

    static ExportedPort port(io.tombolo.wire.log.ExportedPort port) {
        return new ExportedPort(port.getPort(), port.getName(), protocol(port.getAppProtocol()));
    }

    /** No security field: a protocol that only a newer version knows still passes as a stream of bytes. */
    private static AppProtocol protocol(String text) {
        return Arrays.stream(AppProtocol.values())
                .filter(known -> known.text().equals(text))
                .findFirst()
                .orElse(AppProtocol.TCP);
    }

    private static io.tombolo.wire.log.ExportedPort port(ExportedPort port) {
        return io.tombolo.wire.log.ExportedPort.newBuilder()
                .setPort(port.port())
                .setName(port.name())
                .setAppProtocol(port.protocol().text())
                .build();
    }

    private static Consumer consumer(io.tombolo.wire.log.Consumer wire) {
        return new Consumer(
                Wire.unlessEmpty(wire.getCluster(), ClusterId::new),
                Wire.unlessEmpty(wire.getNamespace(), namespace -> Rfc1123.label("namespace", namespace)),
                Wire.unlessEmpty(wire.getSpiffeId(), Wire::id));
    }
}
