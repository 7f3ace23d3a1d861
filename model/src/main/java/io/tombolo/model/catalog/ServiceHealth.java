package io.tombolo.model.catalog;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.setting.Setting;
import java.util.List;

/**
 * How one cluster says that its instances of one service are.
 * @param ready             ready instances, 0 to total
 * @param total             known instances
 * @param capacityPerSecond requests per second that it says it can take; 0 = not said
 * @param draining          instances that are going away
 * @param roster            up to 64 instances; a stable subset when there are more
 */
public record ServiceHealth(
        ServiceName service, int ready, int total, long capacityPerSecond, int draining, List<RosterEntry> roster) {
    /** Most instances named one by one. */
    public static final int MAX_ROSTER = 64;

    public ServiceHealth {
        roster = List.copyOf(roster);
        Setting.check(ready >= 0 && ready <= total, "health.ready", ready, "0 to total " + total);
        Setting.check(roster.size() <= MAX_ROSTER, "health.roster", roster.size(), "0 to " + MAX_ROSTER);
    }
}
