package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;

/**
 * What one cluster gets.
 * @param share              0.0 to 1.0; the shares of a decision add up to 1 unless nothing may get traffic
 * @param ideal              where the share moves to while a ramp lasts
 * @param standing           whether it may get traffic
 * @param admittedSinceNanos monotonic time since which it may; {@link #ALWAYS} if it never could not
 * @param reason             in words
 */
public record ClusterShare(
        ClusterId cluster, double share, double ideal, Standing standing, long admittedSinceNanos, String reason) {
    /** Admitted from the first decision on: needs no hold. */
    public static final long ALWAYS = Long.MIN_VALUE;
}
