package io.tombolo.model.routing;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;

/** Whether a cluster may get traffic at all, and why not. */
public enum Standing {
    /** Known to have ready instances behind a path that is not down. */
    USABLE("ready"),
    /** Nothing is known of its instances; tried after those that are known. */
    UNKNOWN("health unknown"),
    /** Its lease is over but its path answers: tried when nothing else is left. */
    LAST_RESORT("lease expired, path up"),
    NO_INSTANCE("no ready instance"),
    NO_TRUST("trust pending"),
    NO_PATH("no path up"),
    LEASE_OVER("lease expired");

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
        return this == USABLE || this == UNKNOWN || this == LAST_RESORT;
    }

    /**
     * The standing of one cluster.
     * @param cutOff whether the decider itself is cut off: leases are frozen then, and paths decide
     */
    static Standing of(Target target, FailoverPolicy policy, boolean cutOff) {
        if (target.ready().isPresent() && target.ready().getAsInt() == 0) {
            return NO_INSTANCE;
        }
        return target.local() ? known(target) : remote(target, policy, cutOff);
    }

    private static Standing remote(Target target, FailoverPolicy policy, boolean cutOff) {
        if (!target.trusted()) {
            return NO_TRUST;
        }
        if (target.path() == PathHealth.State.DOWN) {
            return NO_PATH;
        }
        if (target.freshness() == Freshness.EXPIRED && !cutOff) {
            boolean answers = target.path() == PathHealth.State.UP && !policy.dropExpired();
            return answers ? LAST_RESORT : LEASE_OVER;
        }
        return known(target);
    }

    private static Standing known(Target target) {
        return target.ready().isPresent() ? USABLE : UNKNOWN;
    }
}
