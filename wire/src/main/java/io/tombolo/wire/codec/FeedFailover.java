package io.tombolo.wire.codec;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.CapacityRule;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.Failback;
import io.tombolo.model.routing.Health;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import io.tombolo.model.routing.Wishes;
import io.tombolo.wire.feed.ClusterLabels;
import io.tombolo.wire.feed.Evacuation;
import io.tombolo.wire.feed.FailoverPolicy;
import io.tombolo.wire.feed.FailoverPolicy.Clusters;
import io.tombolo.wire.feed.FailoverPolicy.Label;
import io.tombolo.wire.feed.FailoverPolicy.Near;
import io.tombolo.wire.feed.FailoverPolicy.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Failover policies on the wire, and what else moves traffic between clusters. */
final class FeedFailover {
    private static final int MAX_LABELS = 64;
    private static final int MAX_CLUSTERS = 1_024;

    private FeedFailover() {}

    static FeedEntry.Failover toModel(FailoverPolicy wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getService());
        String where = "failover policy of " + service;
        CriticalFields.refuseAnyUnknown(where, wire);
        var health = new Health(
                wire.getHealthyBelowPercent(),
                wire.getLeastReady(),
                wire.getDropExpired() ? Health.Expired.DROP : Health.Expired.DEMOTE);
        var wishes = new Wishes(
                labels(where, wire.getRequireList()),
                labels(where, wire.getPreferList()),
                wire.getMaxLatencyMs() == 0 ? Optional.empty() : Optional.of(millis(where, wire.getMaxLatencyMs())));
        return new FeedEntry.Failover(
                service,
                new ServiceName(wire.getPolicyNamespace(), wire.getPolicy()),
                new io.tombolo.model.routing.FailoverPolicy(
                        Wire.list(
                                where,
                                wire.getTiersList(),
                                io.tombolo.model.routing.FailoverPolicy.MAX_TIERS,
                                tier -> tier(where, tier)),
                        health,
                        new Failback(millis(where, wire.getHoldMs()), millis(where, wire.getRampMs())),
                        new CapacityRule(wire.getCapacityLimits(), wire.getMaxSharePercent()),
                        wishes,
                        wire.getRetryElsewhere()));
    }

    static FailoverPolicy toWire(FeedEntry.Failover rule) {
        var policy = rule.value();
        return FailoverPolicy.newBuilder()
                .setNamespace(rule.service().namespace())
                .setService(rule.service().name())
                .setPolicy(rule.policy().name())
                .setPolicyNamespace(rule.policy().namespace())
                .addAllTiers(policy.tiers().stream().map(FeedFailover::tier).toList())
                .setHealthyBelowPercent(policy.health().belowPercent())
                .setLeastReady(policy.health().leastReady())
                .setDropExpired(policy.health().expired() == Health.Expired.DROP)
                .setHoldMs(policy.failback().hold().toMillis())
                .setRampMs(policy.failback().ramp().toMillis())
                .setCapacityLimits(policy.capacity().limits())
                .setMaxSharePercent(policy.capacity().maxShare())
                .addAllRequire(labels(policy.wishes().require()))
                .addAllPrefer(labels(policy.wishes().prefer()))
                .setMaxLatencyMs(
                        policy.wishes().maxLatency().map(Duration::toMillis).orElse(0L))
                .setRetryElsewhere(policy.retryElsewhere())
                .build();
    }

    static EvacuationOrder toModel(Evacuation wire) {
        String where = "evacuation of " + wire.getCluster();
        return new EvacuationOrder(
                new ClusterId(wire.getCluster()),
                wire.getPercent(),
                millis(where, wire.getOverMs()),
                Wire.instant(where, wire.getSinceMs()),
                wire.getUntilMs() == 0 ? Optional.empty() : Optional.of(Wire.instant(where, wire.getUntilMs())));
    }

    static Evacuation toWire(EvacuationOrder order) {
        return Evacuation.newBuilder()
                .setCluster(order.cluster().value())
                .setPercent(order.percent())
                .setOverMs(order.over().toMillis())
                .setSinceMs(order.since().toEpochMilli())
                .setUntilMs(order.until().map(Instant::toEpochMilli).orElse(0L))
                .build();
    }

    static FeedEntry.Labels toModel(ClusterLabels wire) {
        return new FeedEntry.Labels(
                new ClusterId(wire.getCluster()), labels("labels of " + wire.getCluster(), wire.getLabelsList()));
    }

    static ClusterLabels toWire(FeedEntry.Labels labels) {
        return ClusterLabels.newBuilder()
                .setCluster(labels.cluster().value())
                .addAllLabels(labels(labels.labels()))
                .build();
    }

    private static Tier tier(String where, FailoverPolicy.Tier wire) {
        Map<ClusterId, Integer> weights =
                Wire.list(where, wire.getWeightsList(), MAX_CLUSTERS, weight -> weight).stream()
                        .collect(Collectors.toMap(
                                weight -> new ClusterId(weight.getCluster()),
                                weight -> Wire.count(where, weight.getWeight()),
                                Math::max));
        return new Tier(reach(where, wire), labels(where, wire.getLabelsList()), weights);
    }

    private static TierReach reach(String where, FailoverPolicy.Tier wire) {
        return switch (wire.getReachCase()) {
            case NEAR ->
                switch (wire.getNear()) {
                    case NEAR_LOCAL -> new TierReach.Local();
                    case NEAR_SAME_ZONE -> new TierReach.SameZone();
                    case NEAR_SAME_REGION -> new TierReach.SameRegion();
                    case NEAR_ANY -> new TierReach.Any();
                    case NEAR_UNSPECIFIED, UNRECOGNIZED -> throw Wire.malformed(where, "a tier of it is not known");
                };
            case ONLY -> new TierReach.Only(clusters(where, wire.getOnly()));
            case ANY_EXCEPT -> new TierReach.AnyExcept(clusters(where, wire.getAnyExcept()));
            case REACH_NOT_SET -> throw Wire.malformed(where, "a tier of it says no clusters");
        };
    }

    private static FailoverPolicy.Tier tier(Tier tier) {
        var wire = FailoverPolicy.Tier.newBuilder().addAllLabels(labels(tier.labels()));
        new TreeMap<>(tier.weights())
                .forEach((cluster, weight) -> wire.addWeights(
                        Weight.newBuilder().setCluster(cluster.value()).setWeight(weight)));
        switch (tier.reach()) {
            case TierReach.Local() -> wire.setNear(Near.NEAR_LOCAL);
            case TierReach.SameZone() -> wire.setNear(Near.NEAR_SAME_ZONE);
            case TierReach.SameRegion() -> wire.setNear(Near.NEAR_SAME_REGION);
            case TierReach.Any() -> wire.setNear(Near.NEAR_ANY);
            case TierReach.Only(Set<ClusterId> clusters) -> wire.setOnly(clusters(clusters));
            case TierReach.AnyExcept(Set<ClusterId> clusters) -> wire.setAnyExcept(clusters(clusters));
        }
        return wire.build();
    }

    private static Set<ClusterId> clusters(String where, Clusters wire) {
        return Set.copyOf(Wire.list(where, wire.getNamesList(), MAX_CLUSTERS, ClusterId::new));
    }

    private static Clusters clusters(Set<ClusterId> clusters) {
        return Clusters.newBuilder()
                .addAllNames(clusters.stream().map(ClusterId::value).sorted().toList())
                .build();
    }

    private static Map<String, String> labels(String where, List<Label> wire) {
        return Wire.list(where, wire, MAX_LABELS, label -> label).stream()
                .collect(Collectors.toMap(Label::getKey, Label::getValue, (_, last) -> last));
    }

    private static List<Label> labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> Label.newBuilder()
                                .setKey(label.getKey())
                                .setValue(label.getValue())
                                .build())
                        .toList();
    }

    private static Duration millis(String where, long millis) {
        return Duration.ofMillis(Wire.count(where, millis));
    }
}
