package io.tombolo.dataplane.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.traffic.EjectionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final ServicePort PORT = new ServicePort(new ServiceName("shop", "checkout"), 80);
    private static final ClusterId WEST = new ClusterId("west");
    private static final PathKey PATH = new PathKey(WEST, InstanceId.of(99));
    private static final EjectionPolicy POLICY =
            new EjectionPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(1), 0.5);

    private static EndpointKey endpoint(int number) {
        return new EndpointKey(PORT, WEST, Optional.of(InstanceId.of(number)));
    }

    private static long seconds(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void threeFailuresInARowThatAreItsDoingEjectAnEndpointForAWhile() {
        // Given
        var outcomes = new Outcomes(new Random(1));
        List<EndpointKey> all = List.of(endpoint(1), endpoint(2));
        // When
        assertThat(outcomes.failed(endpoint(1), Blame.APP, POLICY, all, 0)).isFalse();
        assertThat(outcomes.failed(endpoint(1), Blame.SIDECAR, POLICY, all, 0)).isFalse();
        assertThat(outcomes.failed(endpoint(1), Blame.APP, POLICY, all, 0)).isTrue();
        // Then
        assertThat(outcomes.isUsable(endpoint(1), seconds(4.9))).isFalse();
        assertThat(outcomes.isUsable(endpoint(1), seconds(10.1))).isTrue();
    }

    @Test
    void aSuccessInBetweenStartsTheCountAgain() {
        // Given
        var outcomes = new Outcomes(new Random(1));
        List<EndpointKey> all = List.of(endpoint(1), endpoint(2));
        // When
        for (int i = 0; i < 20; i++) {
            outcomes.failed(endpoint(1), Blame.APP, POLICY, all, i);
            outcomes.failed(endpoint(1), Blame.APP, POLICY, all, i);
            outcomes.succeeded(endpoint(1), 1_000, i);
        }
        // Then
        assertThat(outcomes.ejectedCount(30)).isZero();
    }

    @Test
    void aHandshakeThatTookTooLongSaysNothingOfWhoAnswersOthersMeanwhile() {
        // Given
        var outcomes = new Outcomes(new Random(1));
        outcomes.succeeded(endpoint(1), 1_000, seconds(9.5));
        outcomes.succeeded(endpoint(2), 1_000, seconds(8));
        // When
        outcomes.late(endpoint(1), seconds(10));
        outcomes.late(endpoint(2), seconds(10));
        outcomes.late(endpoint(3), seconds(10));
        // Then
        assertThat(outcomes.isUsable(endpoint(1), seconds(10.05))).isTrue();
        assertThat(outcomes.isUsable(endpoint(2), seconds(10.05))).isFalse();
        assertThat(outcomes.isUsable(endpoint(3), seconds(10.05))).isFalse();
    }

    @Test
    void nobodyIsEjectedForWhatIsNotItsDoing() {
        var outcomes = new Outcomes(new Random(1));
        List<EndpointKey> all = List.of(endpoint(1), endpoint(2));
        for (Blame blame : List.of(Blame.NETWORK, Blame.GATEWAY, Blame.POLICY, Blame.CLIENT, Blame.UNKNOWN)) {
            for (int i = 0; i < 100; i++) {
                assertThat(outcomes.failed(endpoint(1), blame, POLICY, all, i)).isFalse();
            }
        }
        assertThat(outcomes.isUsable(endpoint(1), 100)).isTrue();
    }

    /** Law, over many random histories: at most the share is ejected, and one is always left that is not. */
    @Test
    void someEndpointIsAlwaysLeftToTry() {
        var random = new Random(11);
        for (int round = 0; round < 300; round++) {
            int size = 1 + random.nextInt(8);
            List<EndpointKey> all =
                    IntStream.range(0, size).mapToObj(OutcomesTest::endpoint).toList();
            double share = random.nextDouble();
            var policy =
                    new EjectionPolicy(1 + random.nextInt(4), Duration.ofSeconds(1), Duration.ofSeconds(60), share);
            var outcomes = new Outcomes(random);
            long now = 0;
            for (int step = 0; step < 200; step++) {
                now += random.nextLong(seconds(0.3));
                outcomes.failed(all.get(random.nextInt(size)), Blame.APP, policy, all, now);
                long at = now;
                long ejected =
                        all.stream().filter(e -> outcomes.isEjected(e, at)).count();
                assertThat(ejected).isLessThan(size).isLessThanOrEqualTo((long) Math.max(1, share * size));
            }
        }
    }

    @Test
    void eachFurtherEjectionLastsLongerUpToTheLimit() {
        // Given
        var outcomes = new Outcomes(new Random(1));
        List<EndpointKey> all = List.of(endpoint(1), endpoint(2));
        long now = 0;
        long before = 0;
        for (int ejection = 1; ejection <= 8; ejection++) {
            // When
            while (!outcomes.failed(endpoint(1), Blame.APP, POLICY, all, now)) {
                // until it is ejected again
            }
            long lasted = 0;
            while (!outcomes.isUsable(endpoint(1), now + lasted)) {
                lasted += seconds(0.25);
            }
            // Then
            assertThat(lasted).isBetween(seconds(5), seconds(60.25));
            assertThat(lasted).isGreaterThanOrEqualTo(Math.min(before / 2, seconds(30)));
            before = lasted;
            now += lasted;
        }
        assertThat(before).isGreaterThanOrEqualTo(seconds(30));
    }

    @Test
    void whoRefusesConnectionsIsSkippedForAMomentWithoutBeingEjected() {
        // Given
        var outcomes = new Outcomes(new Random(1));
        // When
        outcomes.refused(endpoint(1), 0);
        // Then
        assertThat(outcomes.isUsable(endpoint(1), seconds(0.1))).isFalse();
        assertThat(outcomes.isUsable(endpoint(1), seconds(0.3))).isTrue();
        assertThat(outcomes.ejectedCount(0)).isZero();
        outcomes.refused(endpoint(1), seconds(1));
        outcomes.connected(endpoint(1));
        assertThat(outcomes.isUsable(endpoint(1), seconds(1))).isTrue();
    }

    @Test
    void worseLatencyCountsAtOnceAndBetterSlowly() {
        // Given
        var outcomes = new Outcomes(new Random(1));
        outcomes.succeeded(endpoint(1), 1_000, 0);
        double fast = outcomes.cost(endpoint(1));
        // When
        outcomes.succeeded(endpoint(1), 100_000, 10);
        double slow = outcomes.cost(endpoint(1));
        outcomes.succeeded(endpoint(1), 1_000, seconds(1));
        // Then
        assertThat(slow).isEqualTo(100 * fast);
        assertThat(outcomes.cost(endpoint(1))).isBetween(80_000.0, 100_000.0);
    }

    @Test
    void twoEndpointsThatBreakTogetherSpeakAgainstThePath() {
        // Given
        var paths = new Paths(new Random(1));
        paths.worked(PATH, 1_000);
        // When
        assertThat(paths.lost(PATH, endpoint(1), seconds(1))).isFalse();
        assertThat(paths.lost(PATH, endpoint(1), seconds(1.1))).isFalse();
        assertThat(paths.lost(PATH, endpoint(2), seconds(1.4))).isFalse();
        assertThat(paths.lost(PATH, endpoint(3), seconds(1.5))).isTrue();
        // Then
        assertThat(paths.state(PATH)).isEqualTo(PathHealth.State.DOWN);
        paths.worked(PATH, 1_000);
        assertThat(paths.state(PATH)).isEqualTo(PathHealth.State.UP);
    }

    @Test
    void aPathThatLeadsElsewhereNowIsAsUnknownAsANewOne() {
        // Given
        var paths = new Paths(new Random(1));
        paths.failed(PATH);
        long before = paths.version();
        // When
        paths.forget(PATH);
        // Then
        assertThat(paths.state(PATH)).isEqualTo(PathHealth.State.UNKNOWN);
        assertThat(paths.version()).isGreaterThan(before);
    }

    @Test
    void aPathThatStaysDownIsProbedLessAndLessOften() {
        var paths = new Paths(new Random(1));
        assertThat(paths.failed(PATH)).isBetween(seconds(0.05), seconds(0.1));
        long last = 0;
        for (int i = 0; i < 20; i++) {
            last = paths.failed(PATH);
        }
        assertThat(last).isBetween(seconds(2.5), seconds(5));
    }

    /** The attribution that the peers lack: four of five answer well, the fifth fails. */
    @Test
    void ofFiveInstancesOnlyTheOneThatFailsIsEjected() {
        // Given
        var outcomes = new Outcomes(new Random(5));
        List<EndpointKey> all =
                IntStream.rangeClosed(1, 5).mapToObj(OutcomesTest::endpoint).toList();
        // When
        for (int request = 0; request < 5_000; request++) {
            EndpointKey asked = all.get(request % 5);
            if (!outcomes.isUsable(asked, request)) {
                continue;
            }
            if (asked.equals(endpoint(3))) {
                outcomes.failed(asked, Blame.APP, EjectionPolicy.DEFAULT, all, request);
            } else {
                outcomes.succeeded(asked, 1_000, request);
            }
        }
        // Then
        assertThat(all.stream().filter(one -> outcomes.isEjected(one, 5_000))).containsExactly(endpoint(3));
    }

    /** A release that fails 30 % of its calls everywhere is no reason to send everything to half of the instances, in turns. */
    @Test
    void nobodyIsEjectedWhenEveryInstanceFailsAsOften() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            var random = new Random(seed);
            var outcomes = new Outcomes(random);
            List<EndpointKey> all = IntStream.rangeClosed(1, 10)
                    .mapToObj(OutcomesTest::endpoint)
                    .toList();
            int ejections = 0;
            // When
            for (int request = 0; request < 20_000; request++) {
                EndpointKey asked = all.get(random.nextInt(10));
                if (random.nextInt(10) < 3) {
                    ejections += outcomes.failed(asked, Blame.APP, EjectionPolicy.DEFAULT, all, request) ? 1 : 0;
                } else {
                    outcomes.succeeded(asked, 1_000, request);
                }
            }
            // Then: but for the first requests, when nobody can tell yet
            assertThat(ejections).as("seed %d", seed).isLessThanOrEqualTo(1);
        }
    }
}
