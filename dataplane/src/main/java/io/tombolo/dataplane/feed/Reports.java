package io.tombolo.dataplane.feed;

import io.tombolo.dataplane.demand.Demand;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Urgencies;
import io.tombolo.wire.feed.FromProxy;
import io.tombolo.wire.feed.InstanceReport;
import io.tombolo.wire.feed.Interest;
import io.tombolo.wire.feed.LoadReport;
import io.tombolo.wire.feed.Offer;
import io.tombolo.wire.feed.PathReport;
import io.tombolo.wire.feed.Start;
import io.tombolo.wire.log.Address;
import io.tombolo.wire.log.PathState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a proxy says, as messages. */
final class Reports {
    private Reports() {}

    /** @param interest what is called; empty = everything is wanted */
    static FromProxy start(Presence presence, FeedState state, Optional<Set<ServiceName>> interest) {
        Start.Builder start = Start.newBuilder()
                .setVersion(state.version())
                .setDigest(state.digest())
                .setSoftwareVersion(presence.version())
                .setZone(presence.zone())
                .setWeight(presence.weight())
                .setAddressesOf(presence.byAddress() ? Start.Addresses.ALL : Start.Addresses.CALLED);
        presence.hostname().ifPresent(hostname -> start.setHostname(hostname.label()));
        presence.addresses().forEach(address -> start.addAddresses(address(address)));
        presence.offers().forEach(offer -> start.addOffers(offer(offer)));
        interest.ifPresent(services -> start.setInterest(calling(services)));
        return FromProxy.newBuilder().setStart(start).build();
    }

    static FromProxy instance(InstanceState state) {
        var wire = switch (state) {
            case NOT_READY -> io.tombolo.wire.log.InstanceState.INSTANCE_STATE_UNSPECIFIED;
            case READY -> io.tombolo.wire.log.InstanceState.INSTANCE_STATE_READY;
            case DRAINING -> io.tombolo.wire.log.InstanceState.INSTANCE_STATE_DRAINING;
        };
        return FromProxy.newBuilder()
                .setInstance(InstanceReport.newBuilder().setState(wire))
                .build();
    }

    static FromProxy paths(Collection<PathHealth> paths) {
        PathReport.Builder report = PathReport.newBuilder();
        paths.forEach(path -> report.addPaths(path(path)));
        return FromProxy.newBuilder().setPaths(report).build();
    }

    static FromProxy load(List<Demand.Load> loads) {
        var report = LoadReport.newBuilder();
        loads.forEach(load -> report.addLoads(load(load)));
        return FromProxy.newBuilder().setLoad(report).build();
    }

    private static LoadReport.Load load(Demand.Load load) {
        var wire = LoadReport.Load.newBuilder()
                .setNamespace(load.service().namespace())
                .setName(load.service().name())
                .setPerSecond(Math.max(1, Math.round(load.perSecond())));
        if (!load.urgencies().equals(Urgencies.ALL_USUAL)) {
            wire.addAllUrgencyPermille(load.urgencies().permille());
        }
        return wire.build();
    }

    static FromProxy interest(Collection<ServiceName> services) {
        return FromProxy.newBuilder().setInterest(calling(services)).build();
    }

    private static Interest calling(Collection<ServiceName> services) {
        return Interest.newBuilder()
                .addAllServices(
                        services.stream().map(ServiceName::toString).sorted().toList())
                .build();
    }

    private static io.tombolo.wire.log.PathHealth path(PathHealth path) {
        PathState state = switch (path.state()) {
            case UNKNOWN -> PathState.PATH_STATE_UNSPECIFIED;
            case UP -> PathState.PATH_STATE_UP;
            case DOWN -> PathState.PATH_STATE_DOWN;
        };
        return io.tombolo.wire.log.PathHealth.newBuilder()
                .setPeerCluster(path.cluster().value())
                .setPeerGateway(path.gateway().value())
                .setRttUs(path.rttMicros())
                .setState(state)
                .build();
    }

    private static Address address(HostPort address) {
        return Address.newBuilder()
                .setHost(address.host())
                .setPort(address.port())
                .build();
    }

    private static Offer offer(Presence.Offered offer) {
        return Offer.newBuilder()
                .setNamespace(offer.port().service().namespace())
                .setName(offer.port().service().name())
                .setPort(offer.port().port())
                .setAppProtocol(offer.protocol().text())
                .setPortName(offer.portName())
                .build();
    }
}
