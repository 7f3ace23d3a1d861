package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;

/**
 * One cluster that exposes the port that is asked for, as the decider knows it now.
 * @param evacuated how much of its traffic an operator's order keeps away now, 0.0 to 1.0
 */
public record Target(ClusterId cluster, Place place, Access access, Strength strength, double evacuated) {
    public Target {
        Setting.check(evacuated >= 0 && evacuated <= 1, "evacuated", evacuated, "0.0 to 1.0");
    }

    /** The decider's own cluster. */
    public boolean local() {
        return place.local();
    }
}
