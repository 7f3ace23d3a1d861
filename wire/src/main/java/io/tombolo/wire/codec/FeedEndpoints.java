package io.tombolo.wire.codec;

import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.PortNumber;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.feed.WorkloadEndpoint.Target;
import java.util.HashMap;
import java.util.Map;

/** The entries that name workloads without a sidecar. */
final class FeedEndpoints {
    private static final int MAX_PORTS = 64;

    private FeedEndpoints() {}

    static WorkloadEndpoint toModel(io.tombolo.wire.feed.WorkloadEndpoint wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "endpoint of " + service;
        Map<Integer, Integer> targets = new HashMap<>();
        for (Target target : Wire.list(where, wire.getTargetsList(), MAX_PORTS, each -> each)) {
            targets.put(PortNumber.check(where, target.getPort()), PortNumber.check(where, target.getTarget()));
        }
        return new WorkloadEndpoint(
                service,
                new InstanceId(wire.getInstance()),
                wire.getHost(),
                targets,
                HealthCodec.toModel(wire.getState()),
                GatewayCodec.weight(Wire.count("weight", wire.getWeight())),
                GatewayCodec.zone(wire.getZone()));
    }

    static io.tombolo.wire.feed.WorkloadEndpoint toWire(WorkloadEndpoint endpoint) {
        return io.tombolo.wire.feed.WorkloadEndpoint.newBuilder()
                .setNamespace(endpoint.service().namespace())
                .setName(endpoint.service().name())
                .setInstance(endpoint.instance().value())
                .setHost(endpoint.host())
                .addAllTargets(endpoint.targets().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(target -> Target.newBuilder()
                                .setPort(target.getKey())
                                .setTarget(target.getValue())
                                .build())
                        .toList())
                .setState(HealthCodec.toWire(endpoint.state()))
                .setWeight(endpoint.weight())
                .setZone(endpoint.zone())
                .build();
    }
}
