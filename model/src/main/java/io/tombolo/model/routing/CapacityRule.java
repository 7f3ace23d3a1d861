package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;

/**
 * What the capacity means that clusters say they have.
 * @param limits   a cluster gets at most what it grants, while it is known how much is asked for; what nobody can take is shed
 * @param maxShare no remote cluster gets more than so many percent by its own claim, while others of its tier can take the
 *                 rest; 1 to 100
 */
public record CapacityRule(boolean limits, int maxShare) {
    private static final int ALL = 100;

    /** Limits; any share. */
    public static final CapacityRule DEFAULT = new CapacityRule(true, ALL);

    public CapacityRule {
        Setting.check(maxShare >= 1 && maxShare <= ALL, "capacity.maxShare", maxShare, "1 to 100");
    }
}
