package io.tombolo.dataplane.outcome;

import java.util.concurrent.TimeUnit;

/** What is known of one endpoint. Mutable, on one loop. */
final class EndpointRecord {
    /** Latency forgets with this time constant. */
    private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final double FAILURES_OF = 64;

    private static final double UNKNOWN_LATENCY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    int failuresInARow;
    int ejections;
    long ejectedUntilNanos;
    boolean ejected;
    int refusalsInARow;
    long unreachableUntilNanos;
    boolean unreachable;
    int inFlight;
    long usedNanos;
    private double failureShare;
    private boolean called;
    private double ewmaNanos = UNKNOWN_LATENCY_NANOS;
    private long measuredNanos;
    private boolean measured;

    boolean isEjected(long nowNanos) {
        return ejected && ejectedUntilNanos - nowNanos > 0;
    }

    boolean isUnreachable(long nowNanos) {
        return unreachable && unreachableUntilNanos - nowNanos > 0;
    }

    /** One more answer, or none: counts for about as much as the 64 before it. */
    void failed(boolean yes) {
        called = true;
        failureShare += ((yes ? 1 : 0) - failureShare) / FAILURES_OF;
    }

    boolean answeredSince(long nanos) {
        return measured && measuredNanos - nanos > 0;
    }

    boolean wasCalled() {
        return called;
    }

    /** Of the last requests those that were its failures, 0.0 to 1.0. */
    double failureShare() {
        return failureShare;
    }

    /** Peak EWMA: worse counts at once, better slowly. */
    void latency(long nanos, long nowNanos) {
        if (!measured || nanos > ewmaNanos) {
            ewmaNanos = nanos;
        } else {
            double kept = Math.exp(-(nowNanos - measuredNanos) / DECAY_NANOS);
            ewmaNanos = ewmaNanos * kept + nanos * (1 - kept);
        }
        measured = true;
        measuredNanos = nowNanos;
    }

    /** Expected wait: latency times requests before mine and mine. */
    double cost() {
        return ewmaNanos * (inFlight + 1);
    }
}
