package io.tombolo.model.traffic;

import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What one cluster says of calls of one service: everything but {@code rateLimit} for its own workloads that call it,
 * {@code rateLimit} for its own instances that serve it.
 * @param name       its own
 * @param service    in the same namespace
 * @param createdAt  the oldest policy of a service counts
 * @param balance    who answers
 * @param slowStart  how long an instance that is new gets less than its part; 0 s (at once) to 1 h
 * @param limits     how much goes on at once
 * @param retries    how many of the attempts may be retries; empty = only each request's own limit counts
 * @param ejection   when an instance is left alone; empty = as the sidecar is set
 * @param rateLimit  how many requests an instance takes; empty = any number
 * @param faults     what is made to fail on purpose; empty = nothing
 */
public record TrafficPolicy(
        ServiceName name,
        ServiceName service,
        Instant createdAt,
        Balance balance,
        Duration slowStart,
        TrafficLimits limits,
        Optional<RetryBudget> retries,
        Optional<EjectionPolicy> ejection,
        Optional<RateLimit> rateLimit,
        Optional<FaultInjection> faults) {
    /** The one that counts comes first: the oldest, then by name. */
    public static final Comparator<TrafficPolicy> PRECEDENCE = Comparator.comparing(TrafficPolicy::createdAt)
            .thenComparing(policy -> policy.name().toString());

    public TrafficPolicy {
        TrafficSyntax.check(
                name.namespace().equals(service.namespace()),
                "targetRef",
                service,
                "a service of the policy's own namespace");
        TrafficSyntax.check(
                !slowStart.isNegative() && slowStart.toHours() < 1, "slowStart", slowStart, "0s to less than 1h");
    }

    /** What counts for a service whose export says {@code ClientIP}, until a policy says how its calls are spread. */
    public static TrafficPolicy ofClientAffinity(ServiceName service) {
        return new TrafficPolicy(
                service,
                service,
                Instant.EPOCH,
                new Balance.Hash(new HashKey.Source()),
                Duration.ZERO,
                TrafficLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same for a service whose export says {@code ClientIP}: who spreads calls as it is usual has nothing against that. */
    public TrafficPolicy withClientAffinity() {
        Balance kept = balance instanceof Balance.LeastRequest ? new Balance.Hash(new HashKey.Source()) : balance;
        return new TrafficPolicy(
                name, service, createdAt, kept, slowStart, limits, retries, ejection, rateLimit, faults);
    }

    /** The same as if written at {@code time}. */
    public TrafficPolicy written(Instant time) {
        return new TrafficPolicy(name, service, time, balance, slowStart, limits, retries, ejection, rateLimit, faults);
    }
}
