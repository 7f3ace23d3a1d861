package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import io.tombolo.model.routing.Wishes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the tiers of a {@code FailoverPolicy}, and refuses those that mean nothing or contradict each other. */
final class FailoverTiers {
    private static final Map<String, TierReach> OWN = Map.of(
            "local", new TierReach.Local(),
            "sameZone", new TierReach.SameZone(),
            "sameRegion", new TierReach.SameRegion());

    private static final int MOST_WEIGHTS = 64;

    private FailoverTiers() {}

    static List<Tier> read(Fields spec) {
        return spec.list("tiers", FailoverTiers::tier);
    }

    private static Tier tier(Fields.Item item) {
        Fields tier = item.object(Set.of("local", "sameZone", "sameRegion", "clusters", "labels", "weights"));
        return FailoverReader.in(
                tier.path(), () -> new Tier(reach(tier), FailoverReader.labels(tier, "labels"), weights(tier)));
    }

    private static TierReach reach(Fields tier) {
        List<String> said = List.of("local", "sameZone", "sameRegion", "clusters").stream()
                .filter(name -> FailoverReader.has(tier, name))
                .toList();
        if (said.size() != 1) {
            throw Fields.bad(
                    tier.path(),
                    said.isEmpty() ? "does not say which clusters" : "says several: " + String.join(", ", said),
                    "write exactly one of local: true, sameZone: true, sameRegion: true and clusters");
        }
        String name = said.getFirst();
        TierReach own = OWN.get(name);
        if (own == null) {
            return clusters(tier);
        }
        if (!tier.requiredBoolean(name)) {
            throw Fields.bad(tier.path() + "." + name, "is false", "write true, or another tier");
        }
        return own;
    }

    private static TierReach clusters(Fields tier) {
        String path = tier.path() + ".clusters";
        if (!tier.node().path("clusters").isObject()) {
            if (!tier.text("clusters", "").equals("any")) {
                throw Fields.bad(path, "is not known", "write any, or only or anyExcept with a list below it");
            }
            return new TierReach.Any();
        }
        Fields clusters = tier.object("clusters", Set.of("only", "anyExcept"));
        boolean only = FailoverReader.has(clusters, "only");
        if (only == FailoverReader.has(clusters, "anyExcept")) {
            throw Fields.bad(path, "says both only and anyExcept", "write one of them");
        }
        return only ? new TierReach.Only(ids(clusters, "only")) : new TierReach.AnyExcept(ids(clusters, "anyExcept"));
    }

    private static Set<ClusterId> ids(Fields clusters, String name) {
        var ids = new HashSet<ClusterId>();
        clusters.list(name, item -> FailoverReader.in(item.path(), () -> new ClusterId(item.text())))
                .forEach(id -> {
                    if (!ids.add(id)) {
                        throw Fields.bad(clusters.path() + "." + name, "names " + id + " twice", "name it once");
                    }
                });
        return ids;
    }

    private static Map<ClusterId, Integer> weights(Fields tier) {
        String path = tier.path() + ".weights";
        JsonNode node = tier.node().path("weights");
        if (FailoverReader.has(tier, "weights") && !node.isObject()) {
            throw Fields.bad(path, "is not an object", "write `cluster: weight` lines below it");
        }
        if (node.size() > MOST_WEIGHTS) {
            throw Fields.bad(path, "are more than " + MOST_WEIGHTS, "who is not named has 1");
        }
        var weights = new HashMap<ClusterId, Integer>();
        node.properties().forEach(entry -> {
            var item = new Fields.Item(path + "." + entry.getKey(), entry.getValue());
            weights.put(FailoverReader.in(item.path(), () -> new ClusterId(entry.getKey())), item.wholeNumber());
        });
        return weights;
    }

    /** @throws io.tombolo.model.fault.TomboloException BAD_RESOURCE naming the first tier or label that cannot be meant */
    static void check(String path, List<Tier> tiers, Wishes wishes) {
        differing(path + ".prefer", wishes.prefer(), wishes.require());
        for (int i = 0; i < tiers.size(); i++) {
            String at = path + ".tiers[" + i + "]";
            Tier tier = tiers.get(i);
            differing(at + ".labels", tier.labels(), wishes.require());
            weighed(at + ".weights", tier);
            List<Tier> before = tiers.subList(0, i);
            twice(at, path, tier, before);
            if (Covered.by(before, tier.labels(), wishes.require()).all(tier.reach())) {
                throw Fields.bad(
                        at,
                        "no traffic can reach it: the tiers before it take every cluster of it",
                        "take it out, or move it up");
            }
        }
    }

    private static void twice(String at, String path, Tier tier, List<Tier> before) {
        for (int j = 0; j < before.size(); j++) {
            if (before.get(j).text().equals(tier.text())) {
                throw Fields.bad(at, "is the same as " + path + ".tiers[" + j + "]", "write each tier once");
            }
        }
    }

    private static void differing(String at, Map<String, String> wanted, Map<String, String> required) {
        wanted.forEach((key, value) -> {
            String other = required.getOrDefault(key, value);
            if (!other.equals(value)) {
                throw Fields.bad(
                        at + "." + key,
                        "'" + value + "' contradicts require, which says '" + other + "'",
                        "no cluster can have both; change one of them");
            }
        });
    }

    private static void weighed(String at, Tier tier) {
        Function<ClusterId, Boolean> includes = switch (tier.reach()) {
            case TierReach.Only(var clusters) -> clusters::contains;
            case TierReach.AnyExcept(var clusters) -> cluster -> !clusters.contains(cluster);
            case TierReach.Local _, TierReach.SameZone _, TierReach.SameRegion _, TierReach.Any _ -> _ -> true;
        };
        tier.weights().keySet().stream()
                .filter(cluster -> !includes.apply(cluster))
                .sorted()
                .findFirst()
                .ifPresent(cluster -> {
                    throw Fields.bad(at + "." + cluster, "is not in this tier", "take it out");
                });
        boolean nobody = tier.reach() instanceof TierReach.Only(var clusters)
                && clusters.stream().allMatch(cluster -> tier.weights().getOrDefault(cluster, 1) == 0);
        if (nobody) {
            throw Fields.bad(
                    at, "are all 0, so that nobody gets anything", "give one cluster more, or take the tier out");
        }
    }
}
