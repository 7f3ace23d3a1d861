package io.tombolo.model.catalog;

import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import java.util.Optional;

/**
 * One instance of a service in another cluster; its address stays there.
 * @param weight   1 to 10000, relative to its siblings
 * @param hostname as it says; nobody's if another ready one of its cluster says the same
 */
public record RosterEntry(
        InstanceId instance, InstanceState state, int weight, String zone, Optional<InstanceHostname> hostname) {
    /** One that says no host name. */
    public RosterEntry(InstanceId instance, InstanceState state, int weight, String zone) {
        this(instance, state, weight, zone, Optional.empty());
    }
}
