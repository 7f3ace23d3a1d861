package io.tombolo.model.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FailoverTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId SOUTH = new ClusterId("south");
    private static final FailoverPolicy POLICY = FailoverPolicy.DEFAULT;

    @Test
    void trafficStaysLocalWhileALocalInstanceIsReady() {
        var decision = first(local(2), near(3), far(5));
        assertThat(share(decision, EAST)).isEqualTo(1.0);
    }

    @Test
    void withoutALocalInstanceTheSameRegionGetsEverything() {
        var decision = first(local(0), near(1), far(5));
        assertThat(share(decision, WEST)).isEqualTo(1.0);
        assertThat(decision.of(EAST).orElseThrow().reason()).isEqualTo("no ready instance");
    }

    @Test
    void aServiceScaledToZeroIsNotAvailableThoughItsGatewayIs() {
        var decision = first(near(0));
        assertThat(decision.anyAdmitted()).isFalse();
    }

    @Test
    void unknownHealthIsTriedAfterKnownHealthAndBeforeAnExpiredLease() {
        var unknown = target(WEST, false, true, Freshness.FRESH, PathHealth.State.UP, OptionalInt.empty());
        var expired = target(SOUTH, false, false, Freshness.EXPIRED, PathHealth.State.UP, OptionalInt.of(9));
        assertThat(share(first(unknown, expired), WEST)).isEqualTo(1.0);
        assertThat(share(first(unknown, far(1)), SOUTH)).isEqualTo(1.0);
        assertThat(share(first(expired), SOUTH)).isEqualTo(1.0);
    }

    @Test
    void anExpiredLeaseIsIgnoredWhileTheDeciderItselfIsCutOff() {
        var expired = target(WEST, false, true, Freshness.EXPIRED, PathHealth.State.UP, OptionalInt.of(1));
        var decision = Failover.decide(POLICY, List.of(expired, far(1)), true, Optional.empty(), 0);
        assertThat(share(decision, WEST)).isEqualTo(1.0);
    }

    @Test
    void trafficLeavesTheDeadAtOnceAndComesBackAfterHoldAlongTheRamp() {
        // Given
        var atStart = first(local(1), near(1));
        // When it dies
        var dead = next(atStart, 1, local(0), near(1));
        // Then
        assertThat(share(dead, WEST)).isEqualTo(1.0);
        // When it is back, but not for long enough
        var back = next(dead, 2, local(1), near(1));
        var held = next(back, 11, local(1), near(1));
        // Then
        assertThat(share(held, EAST)).isZero();
        assertThat(held.moving()).isTrue();
        // When the hold is over and the ramp runs
        var half = next(held, 26, local(1), near(1));
        // Then
        assertThat(share(half, EAST)).isEqualTo(0.5, within(1e-9));
        assertThat(share(next(half, 60, local(1), near(1)), EAST)).isEqualTo(1.0);
    }

    @Test
    void whatIsHeldServesAllTheSameWhenNothingElseCan() {
        var dead = next(first(local(1), near(1)), 1, local(0), near(1));
        var back = next(dead, 2, local(1), near(0));
        assertThat(share(back, EAST)).isEqualTo(1.0);
    }

    @Test
    void clustersOfOneTierShareByReadyInstancesUnlessAllSayTheirCapacity() {
        var decision = Failover.decide(POLICY, List.of(near(1), far(3)), false, Optional.empty(), 0);
        assertThat(share(decision, WEST)).isEqualTo(1.0);
        var any = new FailoverPolicy(List.of(Tier.ANY), Duration.ZERO, Duration.ZERO, false);
        var spread = Failover.decide(any, List.of(near(1), far(3)), false, Optional.empty(), 0);
        assertThat(share(spread, SOUTH)).isEqualTo(0.75);
    }

    @Test
    void overManyRandomFederationsSharesAddUpAndNeverReachTheInadmissible() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            Optional<FailoverDecision> previous = Optional.empty();
            long now = 0;
            for (int round = 0; round < 8; round++) {
                now += random.nextLong(Duration.ofSeconds(20).toNanos());
                List<Target> targets = randomTargets(random);
                boolean cutOff = random.nextInt(8) == 0;
                var decision = Failover.decide(POLICY, targets, cutOff, previous, now);
                var shuffled = new ArrayList<>(targets);
                Collections.shuffle(shuffled, random);
                assertThat(Failover.decide(POLICY, shuffled, cutOff, previous, now))
                        .isEqualTo(decision);
                double sum = decision.shares().stream()
                        .mapToDouble(ClusterShare::share)
                        .sum();
                boolean anyAdmitted =
                        decision.shares().stream().anyMatch(s -> s.standing().admitted());
                assertThat(sum).as("seed %d round %d", seed, round).isEqualTo(anyAdmitted ? 1.0 : 0.0, within(1e-6));
                assertThat(decision.shares())
                        .allMatch(s -> s.standing().admitted() || s.share() == 0)
                        .allMatch(s -> s.share() >= 0);
                assertThat(decision.pick(random.nextDouble()).isPresent()).isEqualTo(anyAdmitted);
                previous = Optional.of(decision);
            }
        }
    }

    private static List<Target> randomTargets(Random random) {
        var targets = new ArrayList<Target>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            boolean region = random.nextBoolean();
            targets.add(new Target(
                    new ClusterId("c" + i),
                    i == 0,
                    region && random.nextBoolean(),
                    region,
                    random.nextInt(5) > 0,
                    Freshness.values()[random.nextInt(3)],
                    PathHealth.State.values()[random.nextInt(3)],
                    random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(4)),
                    random.nextInt(3) * 100L));
        }
        return targets;
    }

    private static FailoverDecision first(Target... targets) {
        return Failover.decide(POLICY, List.of(targets), false, Optional.empty(), 0);
    }

    private static FailoverDecision next(FailoverDecision before, int atSecond, Target... targets) {
        long now = Duration.ofSeconds(atSecond).toNanos();
        return Failover.decide(POLICY, List.of(targets), false, Optional.of(before), now);
    }

    private static double share(FailoverDecision decision, ClusterId cluster) {
        return decision.of(cluster).orElseThrow().share();
    }

    private static Target local(int ready) {
        return new Target(
                EAST, true, true, true, true, Freshness.FRESH, PathHealth.State.UNKNOWN, OptionalInt.of(ready), 0);
    }

    private static Target near(int ready) {
        return target(WEST, false, true, Freshness.FRESH, PathHealth.State.UP, OptionalInt.of(ready));
    }

    private static Target far(int ready) {
        return target(SOUTH, false, false, Freshness.FRESH, PathHealth.State.UP, OptionalInt.of(ready));
    }

    private static Target target(
            ClusterId id, boolean zone, boolean region, Freshness fresh, PathHealth.State path, OptionalInt ready) {
        return new Target(id, false, zone, region, true, fresh, path, ready, 0);
    }
}
