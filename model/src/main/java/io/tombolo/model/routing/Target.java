package io.tombolo.model.routing;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;
import java.util.OptionalInt;

/**
 * One cluster that exposes the port that is asked for, as the decider knows it now.
 * @param local      the decider's own cluster: no path, no lease
 * @param sameZone   by the localities both say
 * @param sameRegion by the localities both say
 * @param trusted    the two clusters hold each other's bundles
 * @param freshness  of what the cluster says
 * @param path       the best of the paths to its gateways; ignored when local
 * @param ready      instances that are ready and not ejected; empty = unknown, which is not zero
 * @param capacity   requests per second that the cluster says it can take in all; 0 = not said
 */
public record Target(
        ClusterId cluster,
        boolean local,
        boolean sameZone,
        boolean sameRegion,
        boolean trusted,
        Freshness freshness,
        PathHealth.State path,
        OptionalInt ready,
        long capacity) {
    public Target {
        Setting.check(ready.orElse(0) >= 0, "ready", ready, "0 or more");
        Setting.check(capacity >= 0, "capacity", capacity, "0 or more");
    }
}
