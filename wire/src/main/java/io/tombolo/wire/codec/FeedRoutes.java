package io.tombolo.wire.codec;

import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.PortNumber;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.feed.Dialing;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The entries that say what is served here, and by which paths others are reached. */
final class FeedRoutes {
    private static final int MAX_GATEWAYS = 1_024;
    private static final int MAX_PORTS = 1_024;

    private FeedRoutes() {}

    static FeedEntry.Dialing dialing(Dialing wire) {
        return new FeedEntry.Dialing(new AddressRules(
                wire.getAllowLoopback(),
                Wire.list("dialing", wire.getDeniedRangesList(), AddressRules.MAX_DENIED, AddressRange::parse)));
    }

    static Dialing dialing(FeedEntry.Dialing dialing) {
        return Dialing.newBuilder()
                .setAllowLoopback(dialing.rules().allowLoopback())
                .addAllDeniedRanges(dialing.rules().denied().stream()
                        .map(AddressRange::toString)
                        .toList())
                .build();
    }

    static ServedService served(io.tombolo.wire.feed.ServedService wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "served " + service;
        return new ServedService(
                service,
                ExportCodec.ports(where, wire.getPortsList()),
                wire.getExported(),
                ExportCodec.mode(where, wire.getMode()),
                ExportCodec.consumers(where, wire.getConsumersList()),
                ExportCodec.ids(where, wire.getServerIdsList()),
                Set.copyOf(Wire.list(where, wire.getHostnamesList(), ServedService.MOST_HOSTNAMES, Hostname::further)));
    }

    static io.tombolo.wire.feed.ServedService served(ServedService served) {
        return io.tombolo.wire.feed.ServedService.newBuilder()
                .setNamespace(served.service().namespace())
                .setName(served.service().name())
                .addAllPorts(ExportCodec.wirePorts(served.ports()))
                .setExported(served.exported())
                .setMode(ExportCodec.mode(served.mode()))
                .addAllConsumers(
                        served.consumers().stream().map(ExportCodec::consumer).toList())
                .addAllServerIds(ExportCodec.texts(served.serverIds()))
                .addAllHostnames(
                        served.hostnames().stream().map(Hostname::text).sorted().toList())
                .build();
    }

    static ClusterGateways gateways(io.tombolo.wire.feed.ClusterGateways wire) {
        var cluster = new ClusterId(wire.getCluster());
        String where = "gateways of " + cluster;
        return new ClusterGateways(
                cluster,
                Wire.list(where, wire.getGatewaysList(), MAX_GATEWAYS, GatewayCodec::toModel),
                Wire.id(wire.getGatewayId()),
                Wire.list(where, wire.getMeasuredList(), MAX_GATEWAYS, HealthCodec::toModel),
                wire.getTrusted());
    }

    static io.tombolo.wire.feed.ClusterGateways gateways(ClusterGateways paths) {
        List<GatewayInstance> gateways = paths.gateways();
        return io.tombolo.wire.feed.ClusterGateways.newBuilder()
                .setCluster(paths.cluster().value())
                .addAllGateways(gateways.stream().map(GatewayCodec::toWire).toList())
                .setGatewayId(paths.gatewayId().toString())
                .addAllMeasured(
                        paths.measured().stream().map(HealthCodec::toWire).toList())
                .setTrusted(paths.trusted())
                .build();
    }

    static OriginFreshness freshness(io.tombolo.wire.feed.OriginFreshness wire) {
        var cluster = new ClusterId(wire.getCluster());
        Freshness freshness = switch (wire.getFreshness()) {
            case FRESHNESS_FRESH -> Freshness.FRESH;
            case FRESHNESS_STALE -> Freshness.STALE;
            case FRESHNESS_EXPIRED -> Freshness.EXPIRED;
            case FRESHNESS_UNSPECIFIED, UNRECOGNIZED ->
                throw Wire.malformed("freshness of " + cluster, "it is unknown");
        };
        return new OriginFreshness(cluster, freshness, wire.getSelfCutOff());
    }

    static io.tombolo.wire.feed.OriginFreshness freshness(OriginFreshness freshness) {
        var wire = switch (freshness.freshness()) {
            case FRESH -> io.tombolo.wire.feed.Freshness.FRESHNESS_FRESH;
            case STALE -> io.tombolo.wire.feed.Freshness.FRESHNESS_STALE;
            case EXPIRED -> io.tombolo.wire.feed.Freshness.FRESHNESS_EXPIRED;
        };
        return io.tombolo.wire.feed.OriginFreshness.newBuilder()
                .setCluster(freshness.cluster().value())
                .setFreshness(wire)
                .setSelfCutOff(freshness.selfCutOff())
                .build();
    }

    static LocalInstance local(io.tombolo.wire.feed.LocalInstance wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        return new LocalInstance(
                service,
                new InstanceId(wire.getInstance()),
                Wire.list("instance of " + service, wire.getAddressesList(), MAX_PORTS, Wire::address),
                HealthCodec.toModel(wire.getState()),
                GatewayCodec.weight(Wire.count("weight", wire.getWeight())),
                GatewayCodec.zone(wire.getZone()),
                ports("instance of " + service, wire.getPortsList()),
                Wire.id(wire.getSpiffeId()),
                InstanceHostname.ofText(wire.getHostname()));
    }

    static io.tombolo.wire.feed.LocalInstance local(LocalInstance local) {
        return io.tombolo.wire.feed.LocalInstance.newBuilder()
                .setNamespace(local.service().namespace())
                .setName(local.service().name())
                .setInstance(local.instance().value())
                .addAllAddresses(local.addresses().stream().map(Wire::address).toList())
                .setState(HealthCodec.toWire(local.state()))
                .setWeight(local.weight())
                .setZone(local.zone())
                .addAllPorts(local.ports().stream().sorted().toList())
                .setSpiffeId(local.id().toString())
                .setHostname(local.hostname().map(InstanceHostname::label).orElse(""))
                .build();
    }

    static Set<Integer> ports(String where, List<Integer> ports) {
        return Wire.list(where + ": ports", ports, MAX_PORTS, port -> PortNumber.check(where, port)).stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
