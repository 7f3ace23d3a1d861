package io.tombolo.model.routing;

import java.util.function.Predicate;

/** A step of preference among clusters; the first one with a usable cluster gets the traffic. */
public enum Tier {
    /** The caller's own cluster. */
    LOCAL(Target::local),
    /** Clusters that say the caller's region and zone. */
    SAME_ZONE(Target::sameZone),
    /** Clusters that say the caller's region. */
    SAME_REGION(Target::sameRegion),
    /** Every cluster. */
    ANY(target -> true);

    private final Predicate<Target> holds;

    Tier(Predicate<Target> holds) {
        this.holds = holds;
    }

    /** Whether {@code target} belongs to this tier. */
    public boolean includes(Target target) {
        return holds.test(target);
    }
}
