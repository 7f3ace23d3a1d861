package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.model.catalog.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NextStepTest {
    private static final Duration SOON = Duration.ofMillis(1_999);
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Map<String, String> THERE = Map.of(Places.PROXIES, "10.0.0.7:15010");

    private final ReplicaSettings first = replica("c-0");
    private final ReplicaSettings second = replica("c-1");

    @Test
    void whereNobodyEverLedTheFirstOneDoesAndTheOthersWait() {
        assertThat(NextStep.of(first, Optional.empty(), facts(Mark.NONE, false, LATE)))
                .isInstanceOf(NextStep.Lead.class);
        assertThat(NextStep.of(second, Optional.empty(), facts(Mark.NONE, true, LATE)))
                .isInstanceOf(NextStep.Wait.class);
    }

    @Test
    void whereTheLeaseIsLostTheOneThatLedMakesItAgainAndAFollowerDoesNot() {
        assertThat(NextStep.of(second, Optional.empty(), facts(Mark.LED, true, LATE)))
                .isInstanceOf(NextStep.Lead.class);
        for (Mark mark : List.of(Mark.FOLLOWED, Mark.PART)) {
            assertThat(NextStep.of(first, Optional.empty(), facts(mark, true, LATE)))
                    .isInstanceOf(NextStep.Wait.class);
        }
    }

    @Test
    void theOneInStepTakesOverOnceTheLeaderIsSilentForLongEnough() {
        var claim = Optional.of(new LeaderClaim("c-0", Optional.of("c-1"), THERE, 3));
        assertThat(NextStep.of(second, claim, facts(Mark.FOLLOWED, true, SOON)))
                .isEqualTo(new NextStep.Follow("c-0", HostPort.parse("10.0.0.7:15010")));
        assertThat(NextStep.of(second, claim, facts(Mark.FOLLOWED, true, LATE))).isInstanceOf(NextStep.Lead.class);
    }

    @Test
    void theOneInStepTakesOverAtOnceWhereNothingListensAnyMore() {
        var claim = Optional.of(new LeaderClaim("c-0", Optional.of("c-1"), THERE, 3));
        var alone = Optional.of(new LeaderClaim("c-0", Optional.empty(), THERE, 3));
        var refused = new NextStep.Facts(Mark.FOLLOWED, true, Duration.ZERO, true);
        assertThat(NextStep.of(second, claim, refused)).isInstanceOf(NextStep.Lead.class);
        assertThat(NextStep.of(second, alone, refused)).isInstanceOf(NextStep.Follow.class);
    }

    @Test
    void aGarbledAddressKeepsNobodyFromTakingOver() {
        var garbled =
                new LeaderClaim("c-0", Optional.of("c-1"), Map.of(Places.PROXIES, "garbled", Places.API, "[::1"), 3);
        assertThat(NextStep.handsOnTo(second, garbled)).isEmpty();
        assertThat(NextStep.of(second, Optional.of(garbled), facts(Mark.FOLLOWED, true, SOON)))
                .isInstanceOf(NextStep.Wait.class);
        assertThat(NextStep.of(second, Optional.of(garbled), facts(Mark.FOLLOWED, true, LATE)))
                .isInstanceOf(NextStep.Lead.class);
    }

    @Test
    void whoIsNotInStepOrHasNotAllFollowsHoweverLongTheLeaderIsSilent() {
        var alone = Optional.of(new LeaderClaim("c-0", Optional.empty(), THERE, 3));
        var inStep = Optional.of(new LeaderClaim("c-0", Optional.of("c-1"), THERE, 3));
        assertThat(NextStep.of(second, alone, facts(Mark.FOLLOWED, true, LATE))).isInstanceOf(NextStep.Follow.class);
        assertThat(NextStep.of(second, inStep, facts(Mark.PART, true, LATE))).isInstanceOf(NextStep.Follow.class);
        assertThat(NextStep.of(second, inStep, facts(Mark.FOLLOWED, false, LATE)))
                .isInstanceOf(NextStep.Follow.class);
    }

    @Test
    void theNamedLeaderLeadsAgainUnlessItsDiskIsAnotherOne() {
        var claim = Optional.of(new LeaderClaim("c-0", Optional.of("c-1"), Map.of(), 3));
        assertThat(NextStep.of(first, claim, facts(Mark.LED, false, SOON))).isInstanceOf(NextStep.Lead.class);
        assertThat(NextStep.of(first, claim, facts(Mark.NONE, true, LATE)))
                .isInstanceOfSatisfying(
                        NextStep.Wait.class, wait -> assertThat(wait.why()).contains("c-1 has all and takes over"));
    }

    /** Whose mark is damaged, or who has the only copy that is left; and never one that could not prove who it is. */
    @Test
    void whomAPersonNamesAsLeaderAndInStepLeadsWhateverItsMarkIs() {
        var byHand = Optional.of(new LeaderClaim("c-1", Optional.of("c-1"), THERE, 3));
        for (Mark mark : Mark.values()) {
            assertThat(NextStep.of(second, byHand, facts(mark, true, Duration.ZERO)))
                    .isInstanceOf(NextStep.Lead.class);
        }
        assertThat(NextStep.of(second, byHand, facts(Mark.PART, false, LATE)))
                .isInstanceOfSatisfying(
                        NextStep.Wait.class,
                        wait -> assertThat(wait.why()).contains("spec.holderIdentity", "tombolo.io/in-step"));
        assertThat(NextStep.of(first, byHand, facts(Mark.NONE, false, LATE))).isInstanceOf(NextStep.Follow.class);
    }

    @Test
    void aLeaseThatWasGivenBackIsTakenAtOnce() {
        var given = Optional.of(new LeaderClaim("", Optional.of("c-1"), Map.of(), 3));
        assertThat(NextStep.of(second, given, facts(Mark.FOLLOWED, true, Duration.ZERO)))
                .isInstanceOf(NextStep.Lead.class);
        assertThat(NextStep.of(first, given, facts(Mark.LED, true, Duration.ZERO)))
                .isInstanceOf(NextStep.Lead.class);
        assertThat(NextStep.of(first, given, facts(Mark.FOLLOWED, true, LATE))).isInstanceOf(NextStep.Wait.class);
    }

    /** A pod keeps its address when its program starts again, and another one may get that of a pod that is gone. */
    @Test
    void connectionsAreHandedOnToTheLeaderAndNeverToItself() {
        var claim = new LeaderClaim(
                "c-0", Optional.empty(), Map.of(Places.PROXIES, "10.0.0.7:15010", Places.CA_PIN, "00"), 3);
        assertThat(NextStep.handsOnTo(second, claim))
                .isEqualTo(Map.of(Places.PROXIES, HostPort.parse("10.0.0.7:15010")));
        assertThat(NextStep.handsOnTo(first, claim)).isEmpty();
        assertThat(NextStep.handsOnTo(second, claim.at(Map.of(Places.PROXIES, "10.0.0.1:15010"))))
                .isEmpty();
    }

    /** A full disk: each try has the leader read all its files, and nothing is written there meanwhile. */
    @Test
    void copiesThatFailAreTriedLessAndLessOften() {
        assertThat(IntStream.range(0, 8)
                        .mapToLong(failed -> NextStep.pauseAfter(failed).toSeconds()))
                .containsExactly(0L, 1L, 3L, 7L, 15L, 30L, 30L, 30L);
        assertThat(NextStep.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    /** The law, over all there can be: nobody leads without all that was acknowledged. */
    @Test
    void nobodyLeadsWhoMayLackSomething() {
        var random = new Random(28);
        for (int i = 0; i < 5_000; i++) {
            ReplicaSettings own = replica("c-" + random.nextInt(3));
            var claim = new LeaderClaim(
                    List.of("", "c-0", "c-1", "c-2").get(random.nextInt(4)),
                    Optional.of("c-" + random.nextInt(4)).filter(name -> !name.equals("c-3")),
                    random.nextBoolean() ? THERE : Map.of(),
                    1);
            var facts = new NextStep.Facts(
                    Mark.values()[random.nextInt(4)],
                    random.nextBoolean(),
                    random.nextBoolean() ? SOON : LATE,
                    random.nextBoolean());
            boolean leads = NextStep.of(own, Optional.of(claim), facts) instanceof NextStep.Lead;
            boolean has = facts.mark() == Mark.LED
                    && (claim.leader().equals(own.name()) || claim.leader().isEmpty());
            boolean inStep = claim.inStep().equals(Optional.of(own.name()))
                    && facts.complete()
                    && (facts.mark() != Mark.PART || claim.leader().equals(own.name()));
            assertThat(!leads || has || inStep)
                    .as("%s %s %s", own, claim, facts)
                    .isTrue();
        }
    }

    private static NextStep.Facts facts(Mark mark, boolean complete, Duration silent) {
        return new NextStep.Facts(mark, complete, silent, false);
    }

    private static ReplicaSettings replica(String name) {
        return new ReplicaSettings(name, "10.0.0.1", Path.of("token"), LATE, 10, 1_024 * 1_024);
    }
}
