package io.tombolo.controller.importing;

import io.tombolo.controller.store.Spec;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says of an export's capacity what its owner must know. Pure. */
public final class CapacityConditions {
    private static final String TYPE = "CapacityGranted";
    private static final int ALL = 100;

    private CapacityConditions() {}

    /** @param federated empty while this cluster is no member */
    public static Routes.Condition of(Spec.Capacity capacity, Optional<Federated> federated) {
        return federated
                .map(known -> of(capacity.grants(), known.places()))
                .orElse(new Routes.Condition(
                        TYPE, "Unknown", "Pending", "this cluster is not a member of a federation"));
    }

    private static Routes.Condition of(CapacityGrants grants, Map<ClusterId, Place> places) {
        Set<ClusterId> own = some(places, Place::local);
        int sum = own.stream().findFirst().map(grants::sum).orElse(0);
        var reasons = new ArrayList<String>();
        var messages = new ArrayList<String>();
        Set<ClusterId> unknown = new TreeSet<>(grants.percents().keySet());
        unknown.removeAll(places.keySet());
        if (!unknown.isEmpty()) {
            reasons.add("UnknownCluster");
            messages.add(
                    "spec.capacity.grants: no admitted member is named " + text(unknown) + "; its part stays reserved");
        }
        if (sum > ALL) {
            reasons.add("GrantsExceedCapacity");
            messages.add("spec.capacity.grants add up to " + sum
                    + " percent: all of them together may ask for more than there is");
        }
        Set<ClusterId> others = some(places, place -> !place.local());
        others.removeAll(grants.percents().keySet());
        if (sum >= ALL && !others.isEmpty()) {
            reasons.add("NothingLeft");
            messages.add("nothing is left for " + text(others) + ", which plan with none of it; grant each a part, or"
                    + " lower the others'");
        }
        return reasons.isEmpty()
                ? new Routes.Condition(TYPE, "True", "Granted", "")
                : new Routes.Condition(TYPE, "False", reasons.getFirst(), String.join("; ", messages));
    }

    private static Set<ClusterId> some(Map<ClusterId, Place> places, Predicate<Place> wanted) {
        return places.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Set<ClusterId> clusters) {
        List<String> shown = clusters.stream().limit(8).map(ClusterId::value).toList();
        return String.join(", ", shown) + (clusters.size() > shown.size() ? " and others" : "");
    }
}
