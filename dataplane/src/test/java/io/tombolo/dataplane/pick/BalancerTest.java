package io.tombolo.dataplane.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.Outcomes;
import io.tombolo.dataplane.pick.Candidates.Candidate;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.ClusterShare;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.Standing;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.Rendezvous;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private static final ServicePort PORT = new ServicePort(new ServiceName("shop", "checkout"), 80);
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId EAST = new ClusterId("east");
    private static final int REQUESTS = 20_000;

    private final Outcomes outcomes = new Outcomes(new Random(1));
    private final Balancer balancer = new Balancer(outcomes, new Random(2));

    private static Candidate candidate(int number, int weight) {
        return new Candidate(new EndpointKey(PORT, WEST, Optional.of(InstanceId.of(number))), weight);
    }

    private static Turn turn(Balance balance) {
        return new Turn(balance, OptionalLong.empty(), Duration.ZERO);
    }

    private static Turn hashing(String key) {
        return new Turn(
                new Balance.Hash(new HashKey.Header("user")), OptionalLong.of(Rendezvous.hash(key)), Duration.ZERO);
    }

    private Map<EndpointKey, Integer> counted(Turn turn, List<Candidate> able, long nowNanos) {
        var counts = new HashMap<EndpointKey, Integer>();
        for (int i = 0; i < REQUESTS; i++) {
            counts.merge(balancer.instance(turn, able, nowNanos), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void roundRobinGoesInTurnAndEachGetsItsWeightOfEveryRound() {
        // Given
        List<Candidate> able = List.of(candidate(1, 1), candidate(2, 1), candidate(3, 2));
        // When
        var round = new ArrayList<EndpointKey>();
        for (int i = 0; i < 400; i++) {
            round.add(balancer.instance(turn(new Balance.RoundRobin()), able, 0));
        }
        // Then: in any four in a row
        for (int from = 0; from + 4 <= round.size(); from += 4) {
            List<EndpointKey> four = round.subList(from, from + 4);
            assertThat(Collections.frequency(four, able.get(0).endpoint())).isEqualTo(1);
            assertThat(Collections.frequency(four, able.get(2).endpoint())).isEqualTo(2);
        }
    }

    @Test
    void whoComesLaterToARoundRobinGetsItsTurnAndNotAllThatItMissed() {
        // Given
        List<Candidate> two = List.of(candidate(1, 1), candidate(2, 1));
        List<Candidate> three = List.of(candidate(1, 1), candidate(2, 1), candidate(3, 1));
        for (int i = 0; i < 1_000; i++) {
            balancer.instance(turn(new Balance.RoundRobin()), two, 0);
        }
        // When
        var next = IntStream.range(0, 9)
                .mapToObj(i -> balancer.instance(turn(new Balance.RoundRobin()), three, 0))
                .toList();
        // Then
        assertThat(Collections.frequency(next, three.get(2).endpoint())).isEqualTo(3);
    }

    @Test
    void randomIsByWeight() {
        List<Candidate> able = List.of(candidate(1, 100), candidate(2, 300), candidate(3, 600));
        Map<EndpointKey, Integer> counts = counted(turn(new Balance.Random()), able, 0);
        for (Candidate candidate : able) {
            double share = share(counts, candidate);
            assertThat(share).isCloseTo(candidate.weight() / 1_000.0, within(0.015));
        }
    }

    @Test
    void leastRequestLeavesAloneWhoIsBusyOrSlow() {
        // Given
        List<Candidate> able = List.of(candidate(1, 1), candidate(2, 1), candidate(3, 1));
        able.forEach(candidate -> outcomes.succeeded(candidate.endpoint(), 1_000_000, 0));
        outcomes.succeeded(able.get(2).endpoint(), 50_000_000, 1);
        // When
        Map<EndpointKey, Integer> counts = counted(turn(new Balance.LeastRequest()), able, 0);
        // Then: only when it meets itself
        assertThat(share(counts, able.get(2))).isCloseTo(1 / 9.0, within(0.02));
    }

    /** Law: when an instance goes only its own keys move, and they move to all others alike; when it is back so are they. */
    @Test
    void whenAnInstanceGoesOnlyItsOwnKeysMove() {
        // Given
        List<Candidate> all = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> candidate(number, 100))
                .toList();
        var without = new ArrayList<>(all);
        EndpointKey gone = without.remove(6).endpoint();
        Collections.shuffle(without, new Random(3));
        var moved = new HashMap<EndpointKey, Integer>();
        // When
        for (int key = 0; key < REQUESTS; key++) {
            EndpointKey before = balancer.instance(hashing("user-" + key), all, 0);
            EndpointKey after = balancer.instance(hashing("user-" + key), without, 0);
            // Then
            if (before.equals(gone)) {
                moved.merge(after, 1, Integer::sum);
            } else {
                assertThat(after).isEqualTo(before);
            }
        }
        int inAll = moved.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(inAll / (double) REQUESTS).isCloseTo(0.1, within(0.015));
        assertThat(moved)
                .hasSize(9)
                .allSatisfy((to, count) -> assertThat(count / (double) inAll).isCloseTo(1 / 9.0, within(0.04)));
    }

    @Test
    void keysMoveBetweenClustersOnlyAsFarAsSharesDo() {
        // Given
        FailoverDecision half = shares(0.5, 0.5);
        FailoverDecision less = shares(0.4, 0.6);
        int moved = 0;
        int west = 0;
        // When
        for (int key = 0; key < REQUESTS; key++) {
            ClusterId before = balancer.cluster(hashing("user-" + key), half).orElseThrow();
            ClusterId after = balancer.cluster(hashing("user-" + key), less).orElseThrow();
            west += after.equals(WEST) ? 1 : 0;
            moved += before.equals(after) ? 0 : 1;
        }
        // Then
        assertThat(west / (double) REQUESTS).isCloseTo(0.4, within(0.015));
        assertThat(moved / (double) REQUESTS).isCloseTo(0.1, within(0.015));
    }

    private static FailoverDecision shares(double west, double east) {
        return new FailoverDecision(
                List.of(
                        new ClusterShare(WEST, west, west, Standing.USABLE, 0, ClusterShare.ALWAYS, 0, ""),
                        new ClusterShare(EAST, east, east, Standing.USABLE, 0, ClusterShare.ALWAYS, 0, "")),
                0,
                0,
                false,
                0);
    }

    @Test
    void anInstanceThatIsNewGetsItsPartLittleByLittle() {
        // Given
        List<Candidate> old = List.of(candidate(1, 1), candidate(2, 1), candidate(3, 1));
        var all = new ArrayList<>(old);
        all.add(candidate(4, 1));
        var turn = new Turn(new Balance.Random(), OptionalLong.empty(), Duration.ofSeconds(30));
        assertThat(counted(turn, old, 0)).hasSize(3);
        // When
        double atOnce = share(counted(turn, all, seconds(1)), all.get(3));
        double halfWay = share(counted(turn, all, seconds(16)), all.get(3));
        double warm = share(counted(turn, all, seconds(31)), all.get(3));
        // Then
        assertThat(atOnce).isBetween(0.01, 0.05);
        assertThat(halfWay).isBetween(0.10, 0.16);
        assertThat(warm).isCloseTo(0.25, within(0.02));
    }

    private static double share(Map<EndpointKey, Integer> counts, Candidate of) {
        return counts.getOrDefault(of.endpoint(), 0) / (double) REQUESTS;
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
