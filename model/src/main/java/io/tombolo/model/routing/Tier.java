package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step of preference among clusters. A cluster belongs to the first tier that includes it.
 * @param reach   which clusters by where they are
 * @param labels  and only those that say all of these of themselves; empty = whatever they say
 * @param weights how traffic is divided within the tier, 0 to 1000 each; who is not named has 1, and who has 0 gets only what
 *                the others cannot take. Empty = by what the clusters can take
 */
public record Tier(TierReach reach, Map<String, String> labels, Map<ClusterId, Integer> weights) {
    private static final int HEAVIEST = 1_000;

    /** The caller's own cluster. */
    public static final Tier LOCAL = of(new TierReach.Local());

    /** Clusters that say the caller's region and zone. */
    public static final Tier SAME_ZONE = of(new TierReach.SameZone());

    /** Clusters that say the caller's region. */
    public static final Tier SAME_REGION = of(new TierReach.SameRegion());

    /** Every cluster. */
    public static final Tier ANY = of(new TierReach.Any());

    public Tier {
        labels = Map.copyOf(labels);
        weights = Map.copyOf(weights);
        for (int weight : weights.values()) {
            Setting.check(weight >= 0 && weight <= HEAVIEST, "tiers.weights", weight, "0 to " + HEAVIEST);
        }
    }

    /** Without labels and weights. */
    public static Tier of(TierReach reach) {
        return new Tier(reach, Map.of(), Map.of());
    }

    /** Whether {@code target} belongs to this tier, unless to one before. */
    public boolean includes(Target target) {
        return reach.includes(target) && target.place().says(labels);
    }

    /** Whether it gets only what those of the tier that have a weight cannot take. */
    boolean isSpare(ClusterId cluster) {
        return weights.getOrDefault(cluster, 1) == 0;
    }

    /** As in a policy: {@code sameRegion}, {@code clusters only [south, west] with {cost=low}}. */
    public String text() {
        return labels.isEmpty() ? reach.text() : reach.text() + " with " + new TreeMap<>(labels);
    }
}
