package io.tombolo.catalog.freshness;

import io.tombolo.model.catalog.Freshness;
import java.time.Duration;

/**
 * How current one origin is.
 * @param age       since its last new pulse arrived, by the monotonic clock
 * @param leaseUsed the same without the time in which this cluster was cut off
 * @param delayed   its issue time was too far off, or nothing came since this process started
 * @param offset    issue time minus arrival by the wall clocks; 0 if nothing came
 */
public record OriginAge(Freshness freshness, Duration age, Duration leaseUsed, boolean delayed, Duration offset) {}
