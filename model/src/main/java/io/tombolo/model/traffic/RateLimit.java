package io.tombolo.model.traffic;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How many requests one instance takes, before its application sees any.
 * @param requests in {@code per}; 1 to 1000000
 * @param per      1 s to 1 h
 * @param burst    at once after a pause; 1 to 1000000
 * @param scope    whose requests are counted together
 */
public record RateLimit(int requests, Duration per, int burst, Scope scope) {
    private static final int MANY = 1_000_000;

    /** Whose requests are counted together. */
    public enum Scope {
        /** Everybody's. */
        INSTANCE,
        /** Those of each SPIFFE id. */
        CALLER
    }

    public RateLimit {
        TrafficSyntax.check(requests >= 1 && requests <= MANY, "rateLimit.requests", requests, "1 to " + MANY);
        TrafficSyntax.check(per.toSeconds() >= 1 && per.toHours() <= 1, "rateLimit.per", per, "1s to 1h");
        TrafficSyntax.check(burst >= 1 && burst <= MANY, "rateLimit.burst", burst, "1 to " + MANY);
    }

    /**
     * Whether one more request is within the limit (the generic cell rate algorithm, ITU-T I.371).
     * @param arrivalNanos when it was to come at the earliest at an even pace, by the monotonic clock; now, if none came before
     * @return the same for the next one; empty = it came too soon
     */
    public OptionalLong admit(long arrivalNanos, long nowNanos) {
        long each = Math.max(1, per.toNanos() / requests);
        long ahead = Math.max(0, arrivalNanos - nowNanos);
        return ahead + each > burst * each ? OptionalLong.empty() : OptionalLong.of(nowNanos + ahead + each);
    }
}
