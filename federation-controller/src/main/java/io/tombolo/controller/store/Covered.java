package io.tombolo.controller.store;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which clusters certain tiers take, whatever clusters there are.
 * @param reaches  what they are about
 * @param named    clusters that they take by name
 * @param open     they take every cluster but {@code left}
 * @param left     of no meaning unless {@code open}
 */
record Covered(Set<TierReach> reaches, Set<ClusterId> named, boolean open, Set<ClusterId> left) {
    /**
     * What is taken of the clusters that say {@code labels}.
     * @param before   tiers that ask for a label that those need not have are not counted
     * @param required labels that every cluster has that gets anything
     */
    static Covered by(List<Tier> before, Map<String, String> labels, Map<String, String> required) {
        var reaches = new HashSet<TierReach>();
        var named = new HashSet<ClusterId>();
        var left = new HashSet<ClusterId>();
        boolean open = false;
        for (Tier tier : before) {
            boolean counts = tier.labels().entrySet().stream()
                    .allMatch(label -> labels.entrySet().contains(label)
                            || required.entrySet().contains(label));
            if (counts) {
                reaches.add(tier.reach());
                switch (tier.reach()) {
                    case TierReach.Only(var clusters) -> named.addAll(clusters);
                    case TierReach.AnyExcept(var clusters) -> {
                        if (open) {
                            left.retainAll(clusters);
                        } else {
                            left.addAll(clusters);
                        }
                        open = true;
                    }
                    case TierReach.Any _ -> {
                        left.clear();
                        open = true;
                    }
                    case TierReach.Local _, TierReach.SameZone _, TierReach.SameRegion _ -> {}
                }
            }
        }
        left.removeAll(named);
        return new Covered(Set.copyOf(reaches), Set.copyOf(named), open, Set.copyOf(left));
    }

    /** Whether nothing is left of {@code reach}. Which cluster is the local one, or near, is not known here. */
    boolean all(TierReach reach) {
        return switch (reach) {
            case TierReach.Only(var clusters) -> clusters.stream().allMatch(this::takes);
            case TierReach.AnyExcept(var clusters) -> open && clusters.containsAll(left);
            case TierReach.SameZone _ -> nothingLeft() || reaches.contains(new TierReach.SameRegion());
            case TierReach.Local _, TierReach.SameRegion _, TierReach.Any _ -> nothingLeft();
        };
    }

    private boolean takes(ClusterId cluster) {
        return named.contains(cluster) || (open && !left.contains(cluster));
    }

    private boolean nothingLeft() {
        return open && left.isEmpty();
    }
}
