package io.tombolo.wire.codec;

import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.log.PathState;

/** Health of services and paths. An unknown state is the one that claims nothing. */
public final class HealthCodec {
    private HealthCodec() {}

    /**
     * Reads what a cluster says of one of its services.
     * @throws io.tombolo.model.fault.TomboloException if any part of it is out of range
     */
    public static ServiceHealth toModel(io.tombolo.wire.log.ServiceHealth wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "health of " + service;
        return new ServiceHealth(
                service,
                Wire.count(where, wire.getReady()),
                Wire.count(where, wire.getTotal()),
                Wire.count(where, wire.getCapacity()),
                Wire.count(where, wire.getDraining()),
                Wire.list(where + ": roster", wire.getRosterList(), ServiceHealth.MAX_ROSTER, HealthCodec::entry));
    }

    public static io.tombolo.wire.log.ServiceHealth toWire(ServiceHealth health) {
        return io.tombolo.wire.log.ServiceHealth.newBuilder()
                .setNamespace(health.service().namespace())
                .setName(health.service().name())
                .setReady(health.ready())
                .setTotal(health.total())
                .setCapacity(health.capacityPerSecond())
                .setDraining(health.draining())
                .addAllRoster(health.roster().stream().map(HealthCodec::entry).toList())
                .build();
    }

    /**
     * Reads what probes say of one path.
     * @throws io.tombolo.model.fault.TomboloException if a name in it is none
     */
    public static PathHealth toModel(io.tombolo.wire.log.PathHealth wire) {
        return new PathHealth(
                new ClusterId(wire.getPeerCluster()),
                new InstanceId(wire.getPeerGateway()),
                Wire.count("round trip", wire.getRttUs()),
                state(wire.getState()));
    }

    public static io.tombolo.wire.log.PathHealth toWire(PathHealth path) {
        return io.tombolo.wire.log.PathHealth.newBuilder()
                .setPeerCluster(path.cluster().value())
                .setPeerGateway(path.gateway().value())
                .setRttUs(path.rttMicros())
                .setState(state(path.state()))
                .build();
    }

    public static InstanceState toModel(io.tombolo.wire.log.InstanceState state) {
        return switch (state) {
            case INSTANCE_STATE_READY -> InstanceState.READY;
            case INSTANCE_STATE_DRAINING -> InstanceState.DRAINING;
            case INSTANCE_STATE_UNSPECIFIED, UNRECOGNIZED -> InstanceState.NOT_READY;
        };
    }

    public static io.tombolo.wire.log.InstanceState toWire(InstanceState state) {
        return switch (state) {
            case READY -> io.tombolo.wire.log.InstanceState.INSTANCE_STATE_READY;
            case DRAINING -> io.tombolo.wire.log.InstanceState.INSTANCE_STATE_DRAINING;
            case NOT_READY -> io.tombolo.wire.log.InstanceState.INSTANCE_STATE_UNSPECIFIED;
        };
    }

    private static PathHealth.State state(PathState state) {
        return switch (state) {
            case PATH_STATE_UP -> PathHealth.State.UP;
            case PATH_STATE_DOWN -> PathHealth.State.DOWN;
            case PATH_STATE_UNSPECIFIED, UNRECOGNIZED -> PathHealth.State.UNKNOWN;
        };
    }

    private static PathState state(PathHealth.State state) {
        return switch (state) {
            case UP -> PathState.PATH_STATE_UP;
            case DOWN -> PathState.PATH_STATE_DOWN;
            case UNKNOWN -> PathState.PATH_STATE_UNSPECIFIED;
        };
    }

    private static RosterEntry entry(io.tombolo.wire.log.RosterEntry wire) {
        return new RosterEntry(
                new InstanceId(wire.getInstance()),
                toModel(wire.getState()),
                GatewayCodec.weight(Wire.count("weight", wire.getWeight())),
                GatewayCodec.zone(wire.getZone()),
                InstanceHostname.ofText(wire.getHostname()));
    }

    private static io.tombolo.wire.log.RosterEntry entry(RosterEntry entry) {
        return io.tombolo.wire.log.RosterEntry.newBuilder()
                .setInstance(entry.instance().value())
                .setState(toWire(entry.state()))
                .setWeight(entry.weight())
                .setZone(entry.zone())
                .setHostname(entry.hostname().map(InstanceHostname::label).orElse(""))
                .build();
    }
}
