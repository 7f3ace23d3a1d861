package io.tombolo.model.routing;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Policies and situations drawn from a seed. */
final class RandomFederation {
    private static final Map<String, String> EU = Map.of("residency", "eu");
    private static final Map<String, String> CHEAP = Map.of("cost", "low");

    private final Random random;
    private final int clusters;

    RandomFederation(long seed) {
        this.random = new Random(seed);
        this.clusters = 1 + random.nextInt(7);
    }

    RandomGenerator random() {
        return random;
    }

    FailoverPolicy policy() {
        var tiers = new ArrayList<Tier>();
        tiers.add(Tier.LOCAL);
        if (random.nextBoolean()) {
            tiers.add(new Tier(new TierReach.SameRegion(), random.nextBoolean() ? Map.of() : CHEAP, Map.of()));
        }
        tiers.add(
                switch (random.nextInt(4)) {
                    case 0 -> Tier.of(new TierReach.Only(Set.of(cluster(1), cluster(2), cluster(3))));
                    case 1 -> Tier.of(new TierReach.AnyExcept(Set.of(cluster(1))));
                    case 2 ->
                        new Tier(
                                new TierReach.Any(),
                                Map.of(),
                                Map.of(cluster(0), 3, cluster(1), 2, cluster(2), 0, cluster(3), 0));
                    default -> Tier.ANY;
                });
        return new FailoverPolicy(
                tiers,
                new Health(
                        random.nextBoolean() ? 0 : 1 + random.nextInt(100),
                        1 + random.nextInt(2),
                        random.nextBoolean() ? Health.Expired.DEMOTE : Health.Expired.DROP),
                new Failback(Duration.ofSeconds(random.nextInt(20)), Duration.ofSeconds(random.nextInt(60))),
                new CapacityRule(random.nextInt(4) > 0, random.nextBoolean() ? 100 : 40),
                new Wishes(
                        random.nextInt(4) == 0 ? EU : Map.of(),
                        random.nextInt(3) == 0 ? CHEAP : Map.of(),
                        random.nextInt(3) == 0 ? Optional.of(Duration.ofMillis(50)) : Optional.empty()),
                false);
    }

    Situation situation() {
        var targets = new ArrayList<Target>();
        for (int i = 0; i < clusters; i++) {
            if (random.nextInt(12) > 0) {
                targets.add(target(i));
            }
        }
        OptionalDouble demand =
                random.nextInt(3) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(3_000));
        return new Situation(targets, random.nextInt(8) == 0, demand, Optional.empty(), random.nextDouble());
    }

    /** The same with {@code index} replaced. */
    static Situation with(Situation situation, int index, Target target) {
        List<Target> targets = new ArrayList<>(situation.targets());
        targets.set(index, target);
        return new Situation(targets, situation.cutOff(), situation.demand(), situation.given(), situation.jitter());
    }

    private Target target(int number) {
        boolean region = number == 0 || random.nextInt(3) == 0;
        Map<String, String> labels = random.nextInt(3) == 0
                ? Map.of()
                : Map.of(
                        "residency", random.nextBoolean() ? "eu" : "us", "cost", random.nextBoolean() ? "low" : "high");
        int evacuation = random.nextInt(12);
        return new Target(
                cluster(number),
                new Place(number == 0, region && random.nextBoolean(), region, labels),
                new Access(
                        random.nextInt(8) > 0,
                        Freshness.values()[random.nextInt(3)],
                        PathHealth.State.values()[random.nextInt(3)],
                        random.nextInt(100_000)),
                strength(),
                evacuation == 0 ? 1 : evacuation == 1 ? random.nextDouble() : 0,
                evacuation == 2);
    }

    private Strength strength() {
        if (random.nextInt(6) == 0) {
            return Strength.UNKNOWN;
        }
        int total = random.nextInt(6);
        long capacity = random.nextInt(3) == 0 ? 0 : random.nextInt(2_000);
        int ready = random.nextInt(total + 1);
        return new Strength(
                OptionalInt.of(ready),
                OptionalInt.of(total),
                capacity,
                capacity == 0 ? 0 : random.nextLong(capacity + 1),
                random.nextInt(4) == 0 ? total - ready : 0);
    }

    private static ClusterId cluster(int number) {
        return new ClusterId("c" + number);
    }
}
