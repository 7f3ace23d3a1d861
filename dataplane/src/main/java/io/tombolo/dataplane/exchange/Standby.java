package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.limit.LastUsed;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.model.name.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which connections a loop should have before it needs them: for each service port in use, one to the cluster that would get
 * its traffic if those that have it now were gone. Pure but for what it remembers; time is handed in. One loop's own.
 */
final class Standby {
    /** A service that was not called for longer is not in use. */
    private static final long IN_USE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** After an attempt, whatever came of it. */
    private static final long AGAIN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int most;
    private final Map<ServicePort, Use> uses;

    /** @param most service ports, the last used ones; 0 = none */
    Standby(int most) {
        this.most = most;
        this.uses = new LastUsed<>(most);
    }

    /** A request goes out. */
    void used(Permit permit, long nowNanos) {
        if (most > 0) {
            uses.computeIfAbsent(permit.routed().port(), port -> new Use(nowNanos)).lastNanos = nowNanos;
        }
    }

    /** Service ports that are remembered. */
    int size() {
        return uses.size();
    }

    /**
     * What should be dialled now, at most one for each service port in use.
     * @param next    who would be picked if the clusters that have the traffic were gone; empty = nobody
     * @param waiting whether a connection to such an endpoint is there
     */
    List<Picked> missing(
            long nowNanos, Function<ServicePort, Optional<Picked>> next, Predicate<Predicate<EndpointKey>> waiting) {
        uses.values().removeIf(use -> nowNanos - use.lastNanos > IN_USE_NANOS);
        var wanted = new ArrayList<Picked>();
        for (Map.Entry<ServicePort, Use> entry : List.copyOf(uses.entrySet())) {
            Use use = entry.getValue();
            if (nowNanos - use.triedNanos >= AGAIN_AFTER_NANOS) {
                next.apply(entry.getKey())
                        .filter(picked -> !waiting.test(there -> isSame(there, picked.endpoint())))
                        .ifPresent(picked -> {
                            use.triedNanos = nowNanos;
                            wanted.add(picked);
                        });
            }
        }
        return wanted;
    }

    private static boolean isSame(EndpointKey there, EndpointKey wanted) {
        return there.port().equals(wanted.port()) && there.cluster().equals(wanted.cluster());
    }

    private static final class Use {
        private long lastNanos;
        private long triedNanos;

        Use(long nowNanos) {
            lastNanos = nowNanos;
            triedNanos = nowNanos - AGAIN_AFTER_NANOS;
        }
    }
}
