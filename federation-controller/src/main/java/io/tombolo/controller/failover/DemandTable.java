package io.tombolo.controller.failover;

import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Urgencies;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What each sidecar of this cluster asks for. Safe on any thread; never blocks. */
public final class DemandTable {
    /** Services of one sidecar that count. */
    public static final int MAX_SERVICES = 1_024;

    private final Map<InstanceId, Map<ServiceName, Asked>> bySidecar = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /**
     * What one sidecar asks for of one service.
     * @param perSecond requests and TCP connections; not negative
     * @param urgencies what they are made up of
     */
    public record Asked(long perSecond, Urgencies urgencies) {}

    /** @param asked by service; replaces what that sidecar said before */
    public void report(InstanceId sidecar, Map<ServiceName, Asked> asked) {
        Map<ServiceName, Asked> now = Map.copyOf(asked);
        if (!now.equals(bySidecar.put(sidecar, now))) {
            version.incrementAndGet();
        }
    }

    public void gone(InstanceId sidecar) {
        if (bySidecar.remove(sidecar) != null) {
            version.incrementAndGet();
        }
    }

    /** Another one after each change, once it is there to be read. */
    long version() {
        return version.get();
    }

    /** Requests per second that the whole cluster asks for; empty if nobody said any. */
    public OptionalDouble of(ServiceName service) {
        long sum = by(service).mapToLong(Asked::perSecond).sum();
        return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    /** What those are made up of; empty if nobody said any. */
    public Optional<Urgencies> urgencies(ServiceName service) {
        double[] sums = new double[Urgencies.COUNT];
        by(service).forEach(asked -> {
            for (int urgency = 0; urgency < sums.length; urgency++) {
                sums[urgency] += (double) asked.perSecond()
                        * asked.urgencies().permille().get(urgency);
            }
        });
        return Arrays.stream(sums).sum() > 0 ? Optional.of(Urgencies.of(sums)) : Optional.empty();
    }

    private Stream<Asked> by(ServiceName service) {
        return bySidecar.values().stream().map(asked -> asked.get(service)).filter(Objects::nonNull);
    }
}
