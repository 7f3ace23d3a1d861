package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;

/**
 * One cluster that exposes the port that is asked for, as the decider knows it now.
 * @param evacuated how much of its traffic an operator's order keeps away now, 0.0 to 1.0
 * @param drilled   whether it counts as dead now, because a failover is rehearsed
 */
public record Target(
        ClusterId cluster, Place place, Access access, Strength strength, double evacuated, boolean drilled) {
    public Target {
        Setting.check(evacuated >= 0 && evacuated <= 1, "evacuated", evacuated, "0.0 to 1.0");
    }

    /** One that nobody rehearses the death of. */
    public Target(ClusterId cluster, Place place, Access access, Strength strength, double evacuated) {
        this(cluster, place, access, strength, evacuated, false);
    }

    /** The same, reached in another way. */
    public Target with(Access other) {
        return new Target(cluster, place, other, strength, evacuated, drilled);
    }

    /** The same with other instances. */
    public Target with(Strength other) {
        return new Target(cluster, place, access, other, evacuated, drilled);
    }

    /** The decider's own cluster. */
    public boolean local() {
        return place.local();
    }
}
