package io.tombolo.model.routing;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import java.time.Duration;
import java.util.Optional;

/** Whether a cluster may get traffic at all, and why not; those that may, in order of preference. */
public enum Standing {
    /** Known to have ready instances behind a path that is not down. */
    USABLE("ready"),
    /** The same, but farther away than the policy wants. */
    SLOW("ready, but slower than maxLatency"),
    /** Nothing is known of its instances; tried after those that are known. */
    UNKNOWN("health unknown"),
    /** Its lease is over but its path answers: tried when nothing else is left. */
    LAST_RESORT("lease expired, path up"),
    NO_INSTANCE("no ready instance"),
    NO_TRUST("trust pending"),
    NO_PATH("no path up"),
    LEASE_OVER("lease expired"),
    /** An operator said that nothing goes there. */
    EVACUATED("evacuated"),
    /** Its instances are well and take nothing new, because somebody wants it so. */
    DRAINED("drained"),
    /** It counts as dead for a while, because a failover is rehearsed; what follows is what follows a death. */
    DRILLED("down, by a drill"),
    /** It lacks a label that the policy requires. */
    FORBIDDEN("lacks a required label"),
    NO_TIER("in none of the policy's tiers");

    /** A cluster that was too slow has to be clearly faster before it is not. */
    private static final double CLEARLY = 0.8;

    private final String reason;

    Standing(String reason) {
        this.reason = reason;
    }

    /** In words, for {@code explain}. */
    public String reason() {
        return reason;
    }

    /** Whether it may get traffic. */
    public boolean admitted() {
        return compareTo(LAST_RESORT) <= 0;
    }

    /** Whether it is somebody's will, and not a failure, that it gets nothing. */
    boolean byOrder() {
        return this == EVACUATED || this == DRAINED || this == FORBIDDEN || this == NO_TIER;
    }

    /**
     * The standing of one cluster.
     * @param tier    of the policy; -1 = none
     * @param cutOff  whether the decider itself is cut off: leases are frozen then, and paths decide
     * @param wasSlow whether it was {@link #SLOW} in the decision before
     */
    static Standing of(Target target, int tier, FailoverPolicy policy, boolean cutOff, boolean wasSlow) {
        if (!target.place().says(policy.wishes().require())) {
            return FORBIDDEN;
        }
        if (tier < 0) {
            return NO_TIER;
        }
        if (target.evacuated() >= 1) {
            return EVACUATED;
        }
        if (target.drilled()) {
            return DRILLED;
        }
        if (target.strength().ready().orElse(Integer.MAX_VALUE)
                < policy.health().leastReady()) {
            return target.strength().drained(policy.health().leastReady()) ? DRAINED : NO_INSTANCE;
        }
        return target.local() ? known(target) : remote(target, policy, cutOff, wasSlow);
    }

    private static Standing remote(Target target, FailoverPolicy policy, boolean cutOff, boolean wasSlow) {
        Access access = target.access();
        if (!access.trusted()) {
            return NO_TRUST;
        }
        if (access.path() == PathHealth.State.DOWN) {
            return NO_PATH;
        }
        if (access.freshness() == Freshness.EXPIRED && !cutOff) {
            boolean answers =
                    access.path() == PathHealth.State.UP && policy.health().expired() == Health.Expired.DEMOTE;
            return answers ? LAST_RESORT : LEASE_OVER;
        }
        Optional<Duration> limit = policy.wishes().maxLatency();
        boolean slow = limit.isPresent() && isSlow(access, limit.get(), wasSlow);
        return slow && known(target) == USABLE ? SLOW : known(target);
    }

    private static boolean isSlow(Access access, Duration limit, boolean wasSlow) {
        double mark = wasSlow ? CLEARLY : 1;
        return access.rttMicros() * 1_000.0 > limit.toNanos() * mark;
    }

    private static Standing known(Target target) {
        return target.strength().ready().isPresent() ? USABLE : UNKNOWN;
    }
}
