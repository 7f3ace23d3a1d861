package io.tombolo.dataplane.limit;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.model.traffic.TrafficPolicy;

/**
 * What may go on of one service, as its policy was when this was asked for. Everything that was let in must be given back. Two
 * are equal if they count and allow the same.
 */
public final class ServiceLimits {
    private final TrafficPolicy policy;
    private final Occupancy now;

    ServiceLimits(TrafficPolicy policy, Occupancy now) {
        this.policy = policy;
        this.now = now;
    }

    private TrafficLimits limits() {
        return policy.limits();
    }

    /** @param what as the policy's limit is called */
    public static TomboloException over(ServiceName service, String what) {
        return new TomboloException(
                Fault.OVER_LIMIT,
                "calls of " + service,
                "this sidecar has as many " + what + " as its TrafficPolicy lets it",
                "try again later, or raise limits." + what);
    }

    /** One more request, until {@link #requestEnded}; counts for the budget of retries as well. */
    public boolean requestBegins(long nowNanos) {
        boolean may = Occupancy.enter(now.requests, limits().requests().orElse(Integer.MAX_VALUE));
        if (may && policy.retries().isPresent()) {
            now.retries.requested(nowNanos, policy.retries().get().interval());
        }
        return may;
    }

    public void requestEnded() {
        now.requests.decrementAndGet();
    }

    /** One more waits for a connection, until {@link #waitEnded}. */
    public boolean waitBegins() {
        return Occupancy.enter(now.pending, limits().pending().orElse(Integer.MAX_VALUE));
    }

    public void waitEnded() {
        now.pending.decrementAndGet();
    }

    /** Whether there is room for one more connection. */
    public boolean mayConnect() {
        return now.connections.get() < limits().connections().orElse(Integer.MAX_VALUE);
    }

    /** One more connection, whether there is room or not, until {@link #disconnected}. */
    public void connects() {
        now.connections.incrementAndGet();
    }

    /** One more connection if there is room, until {@link #disconnected}. */
    public boolean connectsIfRoom() {
        return Occupancy.enter(now.connections, limits().connections().orElse(Integer.MAX_VALUE));
    }

    public void disconnected() {
        now.connections.decrementAndGet();
    }

    /** Most streams of one HTTP/2 connection. */
    public int mostStreams() {
        return limits().streams().orElse(Integer.MAX_VALUE);
    }

    /** Whether the policy has a budget for retries. */
    public boolean hasRetryBudget() {
        return policy.retries().isPresent();
    }

    /** Whether one more retry is within the budget; {@link #retried} takes it. */
    public boolean mayRetry(long nowNanos) {
        return policy.retries()
                .map(budget -> now.retries.allows(budget, nowNanos))
                .orElse(true);
    }

    public void retried(long nowNanos) {
        policy.retries().ifPresent(budget -> now.retries.retried(nowNanos, budget.interval()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceLimits that && now == that.now && limits().equals(that.limits());
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(now);
    }
}
