package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;

/**
 * What one cluster gets.
 * @param share          0.0 to 1.0; the shares of a decision and what is shed add up to 1 unless nothing may get traffic
 * @param ideal          where the share moves to while a ramp lasts
 * @param standing       whether it may get traffic
 * @param tier           of the policy, from 0; -1 = none
 * @param heldUntilNanos monotonic time from which it gets traffic after it came back; {@link #ALWAYS} if it never was away,
 *                       or that is long ago
 * @param failures       how often it failed of late, 0 to 4: the more, the longer it is held
 * @param reason         in words
 */
public record ClusterShare(
        ClusterId cluster,
        double share,
        double ideal,
        Standing standing,
        int tier,
        long heldUntilNanos,
        int failures,
        String reason) {
    /** Needs no hold. */
    public static final long ALWAYS = Long.MIN_VALUE;
}
