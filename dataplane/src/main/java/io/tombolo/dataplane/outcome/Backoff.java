package io.tombolo.dataplane.outcome;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after the n-th failure in a row: doubles, is capped, and is drawn from the upper half so that callers spread. */
record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 20;

    /** @param failures 1 or more */
    long nanos(int failures, RandomGenerator random) {
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        long full = Math.min(longest.toNanos(), first.toNanos() << doublings);
        return full / 2 + (long) (random.nextDouble() * (full - full / 2.0));
    }
}
