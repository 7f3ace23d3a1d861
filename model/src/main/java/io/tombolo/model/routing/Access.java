package io.tombolo.model.routing;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.setting.Setting;

/**
 * Whether a cluster can be reached, and how current what it says is. Ignored when local.
 * @param trusted   the two clusters hold each other's bundles
 * @param freshness of what the cluster says
 * @param path      the best of the paths to its gateways
 * @param rttMicros round trip of that path; 0 = not measured
 */
public record Access(boolean trusted, Freshness freshness, PathHealth.State path, int rttMicros) {
    /** The own cluster. */
    public static final Access LOCAL = new Access(true, Freshness.FRESH, PathHealth.State.UP, 0);

    public Access {
        Setting.check(rttMicros >= 0, "rtt", rttMicros, "0 or more");
    }
}
