package io.tombolo.model.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The failover choice against a model that scores every cluster by the words of the plan and takes the best. */
class FailoverModelTest {
    private static final int SEEDS = Boolean.getBoolean("tombolo.deep") ? 40_000 : 2_000;
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final double EXACT = 1e-9;

    /** What the model remembers: since when each cluster may get traffic again; absent = it always could. */
    private final Map<ClusterId, Long> backSince = new HashMap<>();

    private Map<ClusterId, Boolean> admittedBefore = new HashMap<>();

    @Test
    void everyChoiceIsTheModels() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            backSince.clear();
            admittedBefore = new HashMap<>();
            var policy = new FailoverPolicy(
                    List.of(Tier.LOCAL, Tier.SAME_REGION, Tier.ANY),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    random.nextBoolean());
            Optional<FailoverDecision> previous = Optional.empty();
            long now = 0;
            for (int round = 0; round < 8; round++) {
                now += Duration.ofMillis(1 + random.nextInt(15_000)).toNanos();
                List<Target> targets = targets(random);
                boolean cutOff = random.nextInt(6) == 0;
                // When
                FailoverDecision decision = Failover.decide(policy, targets, cutOff, previous, now);
                // Then
                Map<ClusterId, Double> expected = choice(policy, targets, cutOff, now, previous.isEmpty());
                for (ClusterShare share : decision.shares()) {
                    assertThat(share.ideal())
                            .as("seed %s round %s %s of %s", seed, round, share, targets)
                            .isEqualTo(expected.getOrDefault(share.cluster(), 0.0), within(EXACT));
                }
                assertMovesSlowly(policy, decision, previous, now, seed);
                previous = Optional.of(decision);
            }
        }
    }

    /** Away from the living no faster than the ramp; the first decision is in force at once. */
    private static void assertMovesSlowly(
            FailoverPolicy policy,
            FailoverDecision decision,
            Optional<FailoverDecision> previous,
            long now,
            long seed) {
        double taken = 0;
        for (ClusterShare share : decision.shares()) {
            double before = previous.flatMap(p -> p.of(share.cluster()))
                    .map(ClusterShare::share)
                    .orElse(0.0);
            taken += share.standing().admitted() ? Math.max(0, before - share.share()) : 0;
        }
        double most = previous.map(
                        p -> (now - p.decidedAtNanos()) / (double) policy.ramp().toNanos())
                .orElse(0.0);
        assertThat(taken).as("seed %s", seed).isLessThanOrEqualTo(most + EXACT);
    }

    private Map<ClusterId, Double> choice(
            FailoverPolicy policy, List<Target> targets, boolean cutOff, long now, boolean first) {
        Map<Target, Double> scores = new HashMap<>();
        Map<ClusterId, Boolean> admitted = new HashMap<>();
        for (Target target : targets) {
            double kind = kind(policy, target, cutOff);
            boolean may = kind != NEVER;
            admitted.put(target.cluster(), may);
            boolean came = may && Boolean.FALSE.equals(admittedBefore.get(target.cluster()));
            if (came) {
                backSince.put(target.cluster(), now);
            } else if (!admittedBefore.containsKey(target.cluster())) {
                // New to the service, or left out of the decision before: nothing is held against it.
                backSince.remove(target.cluster());
            }
            Long since = backSince.get(target.cluster());
            boolean held =
                    !first && since != null && now - since < policy.hold().toNanos();
            double tier = target.local() ? 0 : target.sameRegion() ? 1 : 2;
            scores.put(target, kind * 100 + (held ? 10 : 0) + tier);
        }
        admittedBefore = admitted;
        double best = scores.values().stream().min(Comparator.naturalOrder()).orElse(NEVER);
        List<Target> group = best == NEVER
                ? List.of()
                : targets.stream()
                        .filter(t -> scores.getOrDefault(t, NEVER) == best)
                        .toList();
        return divided(group);
    }

    private static double kind(FailoverPolicy policy, Target target, boolean cutOff) {
        if (target.ready().equals(OptionalInt.of(0))) {
            return NEVER;
        }
        double known = target.ready().isPresent() ? 0 : 1;
        if (target.local()) {
            return known;
        }
        if (!target.trusted() || target.path() == PathHealth.State.DOWN) {
            return NEVER;
        }
        if (target.freshness() == Freshness.EXPIRED && !cutOff) {
            return target.path() == PathHealth.State.UP && !policy.dropExpired() ? 2 : NEVER;
        }
        return known;
    }

    private static Map<ClusterId, Double> divided(List<Target> group) {
        boolean capacities = group.stream().noneMatch(t -> t.capacity() == 0);
        Map<ClusterId, Double> weights = new HashMap<>();
        group.forEach(t -> weights.put(
                t.cluster(), capacities ? (double) t.capacity() : t.ready().orElse(1)));
        double sum = weights.values().stream().mapToDouble(w -> w).sum();
        weights.replaceAll((_, weight) -> weight / sum);
        return weights;
    }

    private static List<Target> targets(Random random) {
        var targets = new ArrayList<Target>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean region = i == 0 || i == 1;
            targets.add(new Target(
                    new ClusterId("c" + i),
                    i == 0,
                    i == 0,
                    region,
                    random.nextInt(5) > 0,
                    Freshness.values()[random.nextInt(3)],
                    PathHealth.State.values()[random.nextInt(3)],
                    random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(3)),
                    random.nextInt(3) * 100L));
        }
        return targets;
    }
}
