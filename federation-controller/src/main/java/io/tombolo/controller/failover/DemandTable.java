package io.tombolo.controller.failover;

import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** What each sidecar of this cluster asks for. Safe on any thread; never blocks. */
public final class DemandTable {
    /** Services of one sidecar that count. */
    public static final int MAX_SERVICES = 1_024;

    private final Map<InstanceId, Map<ServiceName, Long>> bySidecar = new ConcurrentHashMap<>();

    /** @param perSecond requests by service; replaces what that sidecar said before */
    public void report(InstanceId sidecar, Map<ServiceName, Long> perSecond) {
        bySidecar.put(sidecar, Map.copyOf(perSecond));
    }

    public void gone(InstanceId sidecar) {
        bySidecar.remove(sidecar);
    }

    /** Requests per second that the whole cluster asks for; empty if nobody said any. */
    public OptionalDouble of(ServiceName service) {
        long sum = 0;
        for (Map<ServiceName, Long> each : bySidecar.values()) {
            sum += each.getOrDefault(service, 0L);
        }
        return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }
}
