package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;
import java.util.Map;
import java.util.Set;

/**
 * How much of a service's capacity each importing cluster may plan with. It is advice for the importers' decisions; what
 * protects the service is its own limits.
 * @param percents of the clusters that are named, 1 to 100 each, at most 64 clusters; together they may be more than 100
 */
public record CapacityGrants(Map<ClusterId, Integer> percents) {
    /** Most clusters that are named. */
    public static final int MOST = 64;

    /** All others share it equally. */
    public static final CapacityGrants NONE = new CapacityGrants(Map.of());

    private static final int ALL = 100;

    public CapacityGrants {
        percents = Map.copyOf(percents);
        Setting.check(percents.size() <= MOST, "capacity.grants", percents.size(), "0 to " + MOST + " clusters");
        percents.forEach((cluster, percent) ->
                Setting.check(percent >= 1 && percent <= ALL, "capacity.grants " + cluster, percent, "1 to " + ALL));
    }

    /** Percent that are given away by name; what {@code exporter} says of itself is of no meaning. */
    public int sum(ClusterId exporter) {
        return percents.entrySet().stream()
                .filter(grant -> !grant.getKey().equals(exporter))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /**
     * What {@code importer} may plan with: as named, or an equal part of what is left of 100 percent for all that are not.
     * Rounded up: rounding alone must not shut anybody out.
     * @param capacity of the service in {@code exporter}, 0 or more
     * @param members  all admitted ones; who is importer or exporter counts as one, whether it is there or not
     * @return 0 to {@code capacity}; 0 if nothing is left for those that are not named
     */
    public long of(long capacity, ClusterId importer, ClusterId exporter, Set<ClusterId> members) {
        if (importer.equals(exporter)) {
            return capacity;
        }
        Integer named = percents.get(importer);
        if (named != null) {
            return part(capacity, named, ALL);
        }
        long others = members.stream()
                .filter(member -> !member.equals(exporter) && !percents.containsKey(member))
                .filter(member -> !member.equals(importer))
                .count();
        return part(capacity, Math.max(0, ALL - sum(exporter)), ALL * (others + 1));
    }

    /** {@code capacity * above / below}, rounded up, for capacities of any size: others say theirs, and may say anything. */
    private static long part(long capacity, long above, long below) {
        return capacity / below * above + Math.ceilDiv(capacity % below * above, below);
    }
}
