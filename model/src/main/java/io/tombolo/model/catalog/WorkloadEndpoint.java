package io.tombolo.model.catalog;

import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.PortNumber;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.setting.Setting;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A workload of this cluster that has no sidecar: its gateways dial it in the clear. Known to them and to nobody else.
 * @param host    an address or a name
 * @param targets service port to the port that it listens on
 * @param state   READY also while nobody has looked yet
 * @param weight  1 to 10000, relative to its siblings
 */
public record WorkloadEndpoint(
        ServiceName service,
        InstanceId instance,
        String host,
        Map<Integer, Integer> targets,
        InstanceState state,
        int weight,
        String zone) {
    public WorkloadEndpoint {
        targets = Map.copyOf(new TreeMap<>(targets));
        targets.forEach((port, target) -> {
            PortNumber.check("endpoint of " + service, port);
            new HostPort(host, target);
        });
        Setting.check(weight >= 1 && weight <= 10_000, "endpoint.weight", weight, "1 to 10000");
    }

    /** Where {@code port} of the service is answered; empty = not here. */
    public Optional<HostPort> address(int port) {
        return Optional.ofNullable(targets.get(port)).map(target -> new HostPort(host, target));
    }

    /** The same, in another state. */
    public WorkloadEndpoint in(InstanceState now) {
        return new WorkloadEndpoint(service, instance, host, targets, now, weight, zone);
    }
}
