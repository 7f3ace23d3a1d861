package io.tombolo.model.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
        var unknown = target(WEST, true, Freshness.FRESH, PathHealth.State.UP, Strength.UNKNOWN);
        var expired = target(SOUTH, false, Freshness.EXPIRED, PathHealth.State.UP, Strength.of(9));
        assertThat(share(first(unknown, expired), WEST)).isEqualTo(1.0);
        assertThat(share(first(unknown, far(1)), SOUTH)).isEqualTo(1.0);
        assertThat(share(first(expired), SOUTH)).isEqualTo(1.0);
    }

    @Test
    void anExpiredLeaseIsIgnoredWhileTheDeciderItselfIsCutOff() {
        var expired = target(WEST, true, Freshness.EXPIRED, PathHealth.State.UP, Strength.of(1));
        var decision = Failover.decide(
                POLICY,
                new Situation(List.of(expired, far(1)), true, OptionalDouble.empty(), Optional.empty(), 0),
                Optional.empty(),
                0);
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
    void whatWasDrainedComesBackAlongTheRampWithoutAHold() {
        // Given
        var drained = next(first(local(1), near(1)), 1, localDraining(2, 2), near(1));
        assertThat(share(drained, WEST)).isEqualTo(1.0);
        assertThat(drained.of(EAST).orElseThrow().reason()).isEqualTo("drained");
        // When
        var undone = next(drained, 40, local(2), near(1));
        var half = next(undone, 55, local(2), near(1));
        // Then
        assertThat(share(undone, EAST)).isLessThan(0.1);
        assertThat(share(half, EAST)).isEqualTo(0.5, within(0.05));
        assertThat(half.of(EAST).orElseThrow().failures()).isZero();
    }

    @Test
    void whatIsGoneAfterItDrainedIsHeldAsAnythingThatIsGone() {
        // Given
        var drained = next(first(local(1), near(1)), 1, localDraining(1, 1), near(1));
        var gone = next(drained, 2, local(0), near(1));
        assertThat(gone.of(EAST).orElseThrow().failures()).isEqualTo(1);
        // When
        var back = next(next(gone, 3, local(1), near(1)), 12, local(1), near(1));
        // Then
        assertThat(share(back, EAST)).isZero();
        assertThat(back.of(EAST).orElseThrow().reason()).startsWith("held");
    }

    @Test
    void whereOneDrainsAndAnotherFailsItIsAFailure() {
        var worse = next(first(local(2), near(1)), 1, localDraining(2, 1), near(1));
        assertThat(worse.of(EAST).orElseThrow().standing()).isEqualTo(Standing.NO_INSTANCE);
    }

    @Test
    void whatIsHeldServesAllTheSameWhenNothingElseCan() {
        var dead = next(first(local(1), near(1)), 1, local(0), near(1));
        var back = next(dead, 2, local(1), near(0));
        assertThat(share(back, EAST)).isEqualTo(1.0);
    }

    @Test
    void clustersOfOneTierShareByReadyInstancesUnlessAllSayTheirCapacity() {
        var decision = first(near(1), far(3));
        assertThat(share(decision, WEST)).isEqualTo(1.0);
        var any = FailoverPolicy.of(List.of(Tier.ANY));
        var spread = Failover.decide(any, Situation.of(List.of(near(1), far(3))), Optional.empty(), 0);
        assertThat(share(spread, SOUTH)).isEqualTo(0.75);
    }

    /** Istio's 33470: everything is sent to one, and that one fails. */
    @Test
    void whoHasAllTheWeightAndFailsIsReplacedByThoseOfItsTierThatHaveNone() {
        // Given
        var all = new Tier(new TierReach.Any(), Map.of(), Map.of(WEST, 100, SOUTH, 0, EAST, 0));
        var policy = FailoverPolicy.of(List.of(all));
        // When, then
        assertThat(share(weighted(policy, local(2), near(1), far(1)), WEST)).isEqualTo(1.0);
        // When it fails
        var failed = weighted(policy, local(2), near(0), far(1));
        // Then
        assertThat(share(failed, EAST)).isEqualTo(2.0 / 3, within(1e-9));
        assertThat(share(failed, SOUTH)).isEqualTo(1.0 / 3, within(1e-9));
        assertThat(failed.shed()).isZero();
    }

    private static FailoverDecision weighted(FailoverPolicy policy, Target... targets) {
        return Failover.decide(policy, Situation.of(List.of(targets)), Optional.empty(), 0);
    }

    private static FailoverDecision first(Target... targets) {
        return Failover.decide(POLICY, Situation.of(List.of(targets)), Optional.empty(), 0);
    }

    private static FailoverDecision next(FailoverDecision before, int atSecond, Target... targets) {
        long now = Duration.ofSeconds(atSecond).toNanos();
        return Failover.decide(POLICY, Situation.of(List.of(targets)), Optional.of(before), now);
    }

    private static double share(FailoverDecision decision, ClusterId cluster) {
        return decision.of(cluster).orElseThrow().share();
    }

    private static Target local(int ready) {
        return new Target(EAST, new Place(true, true, true, Map.of()), Access.LOCAL, Strength.of(ready), 0);
    }

    private static Target localDraining(int total, int draining) {
        var strength = new Strength(OptionalInt.of(0), OptionalInt.of(total), 0, 0, draining);
        return new Target(EAST, new Place(true, true, true, Map.of()), Access.LOCAL, strength, 0);
    }

    private static Target near(int ready) {
        return target(WEST, true, Freshness.FRESH, PathHealth.State.UP, Strength.of(ready));
    }

    private static Target far(int ready) {
        return target(SOUTH, false, Freshness.FRESH, PathHealth.State.UP, Strength.of(ready));
    }

    private static Target target(
            ClusterId id, boolean region, Freshness fresh, PathHealth.State path, Strength strength) {
        var place = new Place(false, false, region, Map.of());
        return new Target(id, place, new Access(true, fresh, path, 0), strength, 0);
    }
}
