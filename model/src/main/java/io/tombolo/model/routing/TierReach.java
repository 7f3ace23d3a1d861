package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.setting.Setting;
import java.util.Set;
import java.util.TreeSet;

/** Which clusters a tier is about. */
public sealed interface TierReach {
    /** Whether {@code target} is one of them. */
    boolean includes(Target target);

    /** As in a policy. */
    String text();

    /** The caller's own cluster. */
    record Local() implements TierReach {
        @Override
        public boolean includes(Target target) {
            return target.place().local();
        }

        @Override
        public String text() {
            return "local";
        }
    }

    /** Clusters that say the caller's region and zone. */
    record SameZone() implements TierReach {
        @Override
        public boolean includes(Target target) {
            return target.place().sameZone();
        }

        @Override
        public String text() {
            return "sameZone";
        }
    }

    /** Clusters that say the caller's region. */
    record SameRegion() implements TierReach {
        @Override
        public boolean includes(Target target) {
            return target.place().sameRegion();
        }

        @Override
        public String text() {
            return "sameRegion";
        }
    }

    /** Every cluster. */
    record Any() implements TierReach {
        @Override
        public boolean includes(Target target) {
            return true;
        }

        @Override
        public String text() {
            return "any";
        }
    }

    /** @param clusters 1 to 64 */
    record Only(Set<ClusterId> clusters) implements TierReach {
        public Only {
            clusters = some(clusters, "only");
        }

        @Override
        public boolean includes(Target target) {
            return clusters.contains(target.cluster());
        }

        @Override
        public String text() {
            return "only " + new TreeSet<>(clusters);
        }
    }

    /** @param clusters 1 to 64 */
    record AnyExcept(Set<ClusterId> clusters) implements TierReach {
        public AnyExcept {
            clusters = some(clusters, "anyExcept");
        }

        @Override
        public boolean includes(Target target) {
            return !clusters.contains(target.cluster());
        }

        @Override
        public String text() {
            return "anyExcept " + new TreeSet<>(clusters);
        }
    }

    private static Set<ClusterId> some(Set<ClusterId> clusters, String field) {
        int most = 64;
        Setting.check(
                !clusters.isEmpty() && clusters.size() <= most, "clusters." + field, clusters.size(), "1 to " + most);
        return Set.copyOf(clusters);
    }
}
