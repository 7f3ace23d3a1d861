package io.tombolo.model.routing;

import java.util.Map;

/**
 * Where a cluster is, seen from the decider.
 * @param local      the decider's own cluster: no path, no lease
 * @param sameZone   by the localities both say
 * @param sameRegion by the localities both say
 * @param labels     what the cluster says of itself, such as {@code residency=eu}; its own word, signed by it
 */
public record Place(boolean local, boolean sameZone, boolean sameRegion, Map<String, String> labels) {
    public Place {
        labels = Map.copyOf(labels);
    }

    /** Whether the cluster says all of {@code wanted}. */
    public boolean says(Map<String, String> wanted) {
        return wanted.isEmpty() || labels.entrySet().containsAll(wanted.entrySet());
    }
}
