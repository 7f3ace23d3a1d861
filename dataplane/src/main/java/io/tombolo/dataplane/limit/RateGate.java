package io.tombolo.dataplane.limit;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.traffic.RateLimit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Lets requests through as fast as the service's rate limit says. Any thread. */
public final class RateGate {
    /** Most callers that are counted one by one; the one that was silent longest begins anew. */
    public static final int MOST_CALLERS = 4_096;

    private final Map<Counted, Long> arrivals = new LastUsed<>(MOST_CALLERS);

    /** @param caller empty = all together */
    private record Counted(ServiceName service, Optional<SpiffeId> caller) {}

    /** One more request. Throws RATE_LIMITED. */
    public void take(ServiceName service, RateLimit limit, SpiffeId caller, long nowNanos) {
        boolean each = limit.scope() == RateLimit.Scope.CALLER;
        var counted = new Counted(service, each ? Optional.of(caller) : Optional.empty());
        if (!enters(counted, limit, nowNanos)) {
            throw new TomboloException(
                    Fault.RATE_LIMITED,
                    "service " + service,
                    "this instance takes " + limit.requests() + " requests in " + limit.per()
                            + (each ? " from each caller" : ""),
                    "ask more slowly, or raise rateLimit in the TrafficPolicy of the service");
        }
    }

    private synchronized boolean enters(Counted counted, RateLimit limit, long nowNanos) {
        OptionalLong next = limit.admit(arrivals.getOrDefault(counted, nowNanos), nowNanos);
        next.ifPresent(arrival -> arrivals.put(counted, arrival));
        return next.isPresent();
    }
}
