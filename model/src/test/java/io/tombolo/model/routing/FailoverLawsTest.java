package io.tombolo.model.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.model.catalog.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every division, over random federations and policies. */
class FailoverLawsTest {
    private static final int SEEDS = 10_000;
    private static final double EXACT = 1e-9;

    @Test
    void sharesAndWhatIsShedAddUpToAllUnlessNobodyMayBeAsked() {
        overRandomHistories((policy, situation, previous, decision, now) -> {
            double sum =
                    decision.shares().stream().mapToDouble(ClusterShare::share).sum() + decision.shed();
            boolean anybody = decision.panic()
                    || decision.shares().stream().anyMatch(s -> s.standing().admitted());
            assertThat(sum).isEqualTo(anybody ? 1 : 0, within(1e-6));
            assertThat(decision.shares()).allMatch(share -> share.share() >= 0 && share.ideal() >= 0);
        });
    }

    @Test
    void nobodyGetsAnythingWhomThePolicyOrAnOperatorExcludes() {
        overRandomHistories((policy, situation, previous, decision, now) -> {
            for (Target target : situation.targets()) {
                boolean expired = !target.local()
                        && target.access().freshness() == Freshness.EXPIRED
                        && !situation.cutOff()
                        && policy.health().expired() == Health.Expired.DROP;
                boolean excluded = expired
                        || target.evacuated() == 1
                        || policy.tierOf(target) < 0
                        || !target.place().says(policy.wishes().require())
                        || !target.local() && !target.access().trusted();
                if (excluded) {
                    assertThat(decision.of(target.cluster()).orElseThrow().share())
                            .as("%s", target)
                            .isZero();
                }
            }
        });
    }

    @Test
    void theOrderOfWhatIsKnownDoesNotMatter() {
        overRandomHistories((policy, situation, previous, decision, now) -> {
            List<Target> shuffled = new ArrayList<>(situation.targets());
            Collections.shuffle(shuffled, new Random(now));
            var other = new Situation(
                    shuffled, situation.cutOff(), situation.demand(), situation.given(), situation.jitter());
            assertThat(Failover.decide(policy, other, previous, now)).isEqualTo(decision);
        });
    }

    @Test
    void nobodysShareChangesFasterThanAFifthASecondUnlessSomebodyDied() {
        overRandomHistories((policy, situation, previous, decision, now) -> {
            if (previous.isEmpty() || decision.panic() || previous.get().panic()) {
                return;
            }
            double most = (now - previous.get().decidedAtNanos()) / 5e9 + EXACT;
            double freed = 1 - previous.get().shed();
            for (ClusterShare share : decision.shares()) {
                freed -= share.standing().admitted() ? before(previous.get(), share) : 0;
            }
            double unshed = Math.max(0, previous.get().shed() - decision.shed());
            double shed = Math.max(0, decision.shed() - previous.get().shed());
            for (ClusterShare share : decision.shares()) {
                double change = share.share() - before(previous.get(), share);
                if (share.standing().admitted()) {
                    assertThat(change).isLessThanOrEqualTo(most + Math.max(0, freed) + unshed);
                    assertThat(-change).isLessThanOrEqualTo(most + shed);
                }
            }
        });
    }

    @Test
    void whileNothingChangesSharesOnlyMoveTowardsWhereTheyShouldBe() {
        overRandomHistories((policy, situation, previous, decision, now) -> {
            FailoverDecision later = Failover.decide(policy, situation, Optional.of(decision), now + 1_000_000);
            for (ClusterShare share : later.shares()) {
                double was = decision.of(share.cluster()).orElseThrow().share();
                assertThat(Math.abs(share.ideal() - share.share()))
                        .isLessThanOrEqualTo(Math.abs(share.ideal() - was) + EXACT);
                assertThat((share.ideal() - was) * (share.ideal() - share.share()))
                        .isGreaterThanOrEqualTo(-EXACT);
            }
        });
    }

    @Test
    void whoCameBackGetsNothingBeforeItsHoldIsOverIfOthersCanTakeIt() {
        overRandomHistories((policy, situation, previous, decision, now) -> {
            boolean evacuating = situation.targets().stream().anyMatch(target -> target.evacuated() > 0);
            boolean settled = decision.shares().stream()
                    .anyMatch(share -> share.standing() == Standing.USABLE && share.heldUntilNanos() <= now);
            for (ClusterShare share : decision.shares()) {
                boolean held = share.standing().admitted() && share.heldUntilNanos() > now;
                if (held && settled && !evacuating && situation.demand().isEmpty()) {
                    assertThat(share.ideal())
                            .as("%s in %s by %s", share, situation, policy)
                            .isZero();
                }
            }
        });
    }

    @Test
    void nobodyIsAskedForMoreThanItGrantsAndNothingIsShedWhileSomebodyHasRoom() {
        overRandomSituations((policy, situation, decision) -> {
            double demand = situation.demand().orElse(0);
            if (!policy.capacity().limits() || demand == 0 || decision.panic()) {
                return;
            }
            for (Target target : situation.targets()) {
                ClusterShare share = decision.of(target.cluster()).orElseThrow();
                boolean limited = target.strength().capacity() > 0;
                if (limited) {
                    assertThat(share.ideal() * demand)
                            .isLessThanOrEqualTo(target.strength().granted() + 1e-6);
                }
                boolean hasRoom = share.standing().admitted()
                        && (!limited
                                || share.ideal() * demand < target.strength().granted() - 1e-6);
                if (hasRoom) {
                    assertThat(decision.shed()).as("%s", situation).isLessThan(1e-6);
                }
            }
        });
    }

    @Test
    void moreReadyInstancesNeverGetLess() {
        overRandomSituations((policy, situation, decision) -> {
            for (int i = 0; i < situation.targets().size(); i++) {
                Target target = situation.targets().get(i);
                Strength strength = target.strength();
                if (strength.ready().isPresent()
                        && strength.ready().getAsInt() < strength.total().orElse(0)) {
                    var better = new Strength(
                            OptionalInt.of(strength.ready().getAsInt() + 1),
                            strength.total(),
                            strength.capacity(),
                            strength.granted());
                    var healthier = RandomFederation.with(situation, i, target.with(better));
                    double after = Failover.decide(policy, healthier, Optional.empty(), 0)
                            .of(target.cluster())
                            .orElseThrow()
                            .ideal();
                    boolean wasPanic = decision.panic();
                    assertThat(after)
                            .as("%s of %s by %s", target, situation, policy)
                            .isGreaterThanOrEqualTo(
                                    wasPanic
                                            ? 0
                                            : decision.of(target.cluster())
                                                            .orElseThrow()
                                                            .ideal()
                                                    - EXACT);
                }
            }
        });
    }

    private static double before(FailoverDecision previous, ClusterShare share) {
        return previous.of(share.cluster()).map(ClusterShare::share).orElse(0.0);
    }

    private interface Law {
        void holds(
                FailoverPolicy policy,
                Situation situation,
                Optional<FailoverDecision> previous,
                FailoverDecision decision,
                long nowNanos);
    }

    private interface FirstLaw {
        void holds(FailoverPolicy policy, Situation situation, FailoverDecision decision);
    }

    private static void overRandomSituations(FirstLaw law) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var federation = new RandomFederation(seed);
            FailoverPolicy policy = federation.policy();
            Situation situation = federation.situation();
            law.holds(policy, situation, Failover.decide(policy, situation, Optional.empty(), 0));
        }
    }

    private static void overRandomHistories(Law law) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var federation = new RandomFederation(seed);
            FailoverPolicy policy = federation.policy();
            Optional<FailoverDecision> previous = Optional.empty();
            long now = 0;
            for (int round = 0; round < 5; round++) {
                now += federation.random().nextLong(Duration.ofSeconds(15).toNanos());
                Situation situation = federation.situation();
                FailoverDecision decision = Failover.decide(policy, situation, previous, now);
                law.holds(policy, situation, previous, decision, now);
                previous = Optional.of(decision);
            }
        }
    }
}
