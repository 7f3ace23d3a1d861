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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The failover choice against a model that scores every cluster by the words of the plan and takes the best. */
class FailoverModelTest {
    private static final int SEEDS = Boolean.getBoolean("tombolo.deep") ? 40_000 : 2_000;
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final double EXACT = 1e-9;

    /** A cluster that fails again within so many holds is held for twice as long as before. */
    private static final int PROBATION = 8;

    /** What the model remembers: until when each cluster is held; absent = it always could get traffic, or that is long ago. */
    private final Map<ClusterId, Long> heldUntil = new HashMap<>();

    private final Map<ClusterId, Integer> failures = new HashMap<>();
    private Map<ClusterId, Boolean> admittedBefore = new HashMap<>();

    @Test
    void everyChoiceIsTheModels() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            heldUntil.clear();
            failures.clear();
            admittedBefore = new HashMap<>();
            var expired = random.nextBoolean() ? Health.Expired.DROP : Health.Expired.DEMOTE;
            var policy = FailoverPolicy.DEFAULT.with(new Health(0, 1, expired));
            Optional<FailoverDecision> previous = Optional.empty();
            long now = 0;
            for (int round = 0; round < 8; round++) {
                now += Duration.ofMillis(1 + random.nextInt(15_000)).toNanos();
                List<Target> targets = targets(random);
                boolean cutOff = random.nextInt(6) == 0;
                // When
                FailoverDecision decision = Failover.decide(
                        policy,
                        new Situation(targets, cutOff, OptionalDouble.empty(), Optional.empty(), 0),
                        previous,
                        now);
                // Then
                Map<ClusterId, Double> expected = choice(policy, targets, cutOff, now, previous.isEmpty());
                for (ClusterShare share : decision.shares()) {
                    assertThat(share.ideal())
                            .as("seed %s round %s %s of %s", seed, round, share, targets)
                            .isEqualTo(expected.getOrDefault(share.cluster(), 0.0), within(EXACT));
                }
                assertMovesSlowly(decision, previous, now, seed);
                previous = Optional.of(decision);
            }
        }
    }

    /** Away from the living no faster than a fifth a second; the first decision is in force at once. */
    private static void assertMovesSlowly(
            FailoverDecision decision, Optional<FailoverDecision> previous, long now, long seed) {
        double most =
                previous.map(before -> (now - before.decidedAtNanos()) / 5e9).orElse(0.0);
        for (ClusterShare share : decision.shares()) {
            double before = previous.flatMap(p -> p.of(share.cluster()))
                    .map(ClusterShare::share)
                    .orElse(0.0);
            double taken = share.standing().admitted() ? before - share.share() : 0;
            assertThat(taken).as("seed %s", seed).isLessThanOrEqualTo(most + EXACT);
        }
    }

    private Map<ClusterId, Double> choice(
            FailoverPolicy policy, List<Target> targets, boolean cutOff, long now, boolean first) {
        Map<Target, Double> scores = new HashMap<>();
        Map<ClusterId, Boolean> admitted = new HashMap<>();
        for (Target target : targets) {
            double kind = kind(policy, target, cutOff);
            boolean may = kind != NEVER;
            admitted.put(target.cluster(), may);
            remember(policy, target.cluster(), may, now);
            boolean held = !first && may && heldUntil.getOrDefault(target.cluster(), Long.MIN_VALUE) > now;
            double tier = target.local() ? 0 : target.place().sameRegion() ? 1 : 2;
            scores.put(target, kind * 100 + (held ? 10 : 0) + tier);
        }
        admittedBefore = admitted;
        double best = scores.values().stream().min(Comparator.naturalOrder()).orElse(NEVER);
        if (best == NEVER) {
            return spread(targets.stream()
                    .filter(t -> mayStillWork(policy, t, cutOff))
                    .toList());
        }
        List<Target> group = targets.stream()
                .filter(t -> scores.getOrDefault(t, NEVER) == best)
                .toList();
        return divided(group);
    }

    /** When everything looks dead: whoever has instances behind a path that only seems down. */
    private static boolean mayStillWork(FailoverPolicy policy, Target target, boolean cutOff) {
        boolean dropped = target.access().freshness() == Freshness.EXPIRED
                && !cutOff
                && policy.health().expired() == Health.Expired.DROP;
        return !target.local()
                && target.strength().ready().orElse(1) > 0
                && target.access().trusted()
                && target.access().path() == PathHealth.State.DOWN
                && !dropped;
    }

    private static Map<ClusterId, Double> spread(List<Target> targets) {
        Map<ClusterId, Double> shares = new HashMap<>();
        targets.forEach(target -> shares.put(target.cluster(), 1.0 / targets.size()));
        return shares;
    }

    private void remember(FailoverPolicy policy, ClusterId cluster, boolean may, long now) {
        Boolean before = admittedBefore.get(cluster);
        long hold = policy.failback().hold().toNanos();
        Long until = heldUntil.get(cluster);
        boolean past = until != null
                && now - until
                        < Math.max(hold * PROBATION, policy.failback().ramp().toNanos());
        if (before == null || before && may && !past) {
            // New to the service, or good for long: nothing is held against it.
            heldUntil.remove(cluster);
            failures.remove(cluster);
        } else if (before && !may) {
            failures.put(cluster, past ? Math.min(4, failures.getOrDefault(cluster, 0) + 1) : 1);
            heldUntil.put(cluster, now);
        } else if (!before && may) {
            int doubled = Math.max(0, failures.getOrDefault(cluster, 0) - 1);
            heldUntil.put(cluster, now + hold * (1L << doubled));
        } else if (!may) {
            heldUntil.put(cluster, now);
        }
    }

    private static double kind(FailoverPolicy policy, Target target, boolean cutOff) {
        if (target.strength().ready().equals(OptionalInt.of(0))) {
            return NEVER;
        }
        double known = target.strength().ready().isPresent() ? 0 : 1;
        if (target.local()) {
            return known;
        }
        if (!target.access().trusted() || target.access().path() == PathHealth.State.DOWN) {
            return NEVER;
        }
        if (target.access().freshness() == Freshness.EXPIRED && !cutOff) {
            return target.access().path() == PathHealth.State.UP
                            && policy.health().expired() == Health.Expired.DEMOTE
                    ? 2
                    : NEVER;
        }
        return known;
    }

    private static Map<ClusterId, Double> divided(List<Target> group) {
        boolean capacities = group.stream().noneMatch(t -> t.strength().granted() == 0);
        Map<ClusterId, Double> weights = new HashMap<>();
        group.forEach(t -> weights.put(
                t.cluster(),
                capacities
                        ? (double) t.strength().granted()
                        : t.strength().ready().orElse(1)));
        if (capacities && group.size() >= 3) {
            double[] each = group.stream()
                    .mapToDouble(t -> (double) t.strength().granted()
                            / t.strength().ready().orElse(1))
                    .sorted()
                    .toArray();
            double most = 2 * each[(each.length - 1) / 2];
            group.forEach(
                    t -> weights.merge(t.cluster(), most * t.strength().ready().orElse(1), Math::min));
        }
        double sum = weights.values().stream().mapToDouble(w -> w).sum();
        weights.replaceAll((_, weight) -> weight / sum);
        return weights;
    }

    private static List<Target> targets(Random random) {
        var targets = new ArrayList<Target>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean region = i == 0 || i == 1;
            OptionalInt ready = random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(3));
            long capacity = random.nextInt(3) * 100L;
            targets.add(new Target(
                    new ClusterId("c" + i),
                    new Place(i == 0, i == 0, region, Map.of()),
                    new Access(
                            random.nextInt(5) > 0,
                            Freshness.values()[random.nextInt(3)],
                            PathHealth.State.values()[random.nextInt(3)],
                            0),
                    new Strength(ready, ready, capacity, capacity),
                    0));
        }
        return targets;
    }
}
