package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.util.List;

/**
 * How traffic moves between clusters.
 * @param tiers       in order of preference; at least one
 * @param hold        how long a cluster that came back must stay usable before it gets traffic again; 0 s to 1 h
 * @param ramp        how long moving everything back takes; 0 s (at once) to 1 h
 * @param dropExpired whether a cluster whose lease is over is left out rather than tried last
 */
public record FailoverPolicy(List<Tier> tiers, Duration hold, Duration ramp, boolean dropExpired) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Local, same region, any; hold 10 s, ramp 30 s; expired clusters last. */
    public static final FailoverPolicy DEFAULT = new FailoverPolicy(
            List.of(Tier.LOCAL, Tier.SAME_REGION, Tier.ANY), Duration.ofSeconds(10), Duration.ofSeconds(30), false);

    public FailoverPolicy {
        tiers = List.copyOf(tiers);
        Setting.check(!tiers.isEmpty(), "failover.tiers", tiers, "at least one tier");
        Setting.check(inRange(hold), "failover.hold", hold, "0s to 1h");
        Setting.check(inRange(ramp), "failover.ramp", ramp, "0s to 1h");
    }

    private static boolean inRange(Duration duration) {
        return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    }
}
