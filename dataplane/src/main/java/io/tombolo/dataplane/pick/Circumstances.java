package io.tombolo.dataplane.pick;

import java.time.InstantSource;
import java.util.function.LongPredicate;

/**
 * What a division depends on besides what is known of clusters.
 * @param hearsController at a monotonic time in ns: whether what the controller decided is still its word
 * @param clock           for orders that are carried out over a while
 * @param jitter          0.0 to below 1.0, of this process
 */
public record Circumstances(LongPredicate hearsController, InstantSource clock, double jitter) {}
