package io.tombolo.catalog.log;

import java.time.Clock;
import java.time.Instant;

/**
 * One moment by both clocks.
 * @param nanos monotonic
 * @param wall  may jump; shown to people, and compared with issue times
 */
public record Now(long nanos, Instant wall) {
    /** The present moment. */
    public static Now of(Clock clock) {
        return new Now(System.nanoTime(), clock.instant());
    }
}
