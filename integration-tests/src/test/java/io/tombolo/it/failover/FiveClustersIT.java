package io.tombolo.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.FaultProxy;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.ThreeClusters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** East calls what west and north of its region have, and south and far of another. One is lost after the other. */
@Deep
@ExtendWith(ThreeClusters.Ended.class)
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiveClustersIT {
    private static final int PER_SECOND = 1_000;
    private static final List<String> CALLED = List.of("west", "north", "south", "far");
    private static final Map<String, String> CALLER = Map.of("failover.hold", "5s", "failover.ramp", "5s");

    private Federation federation;
    private Peer west;
    private Peer north;
    private Traffic traffic;
    private ProxyProcess sleeper;
    private Caller asleep;

    @BeforeAll
    void fiveClusters() {
        var regions = new LinkedHashMap<String, String>();
        regions.put("east", "eu");
        regions.put("west", "eu");
        regions.put("north", "eu");
        regions.put("south", "us");
        regions.put("far", "us");
        federation = Federation.linked(regions);
        federation.cluster("east").startsGateway("gateway");
        List<Supplier<Peer>> work = CALLED.stream()
                .map(name -> (Supplier<Peer>) () -> {
                    Peer peer = Peer.of(federation.cluster(name), 1);
                    peer.exports("stock", Map.of());
                    return peer;
                })
                .toList();
        List<Peer> peers = Together.all(work);
        west = peers.get(0);
        north = peers.get(1);
        Caller caller = startsCaller("frontend");
        asleep = startsCaller("sleeper");
        sleeper = asleep.sidecar();
        traffic = new Traffic(caller, PER_SECOND, 64);
        awaitWhole();
        traffic.warm().measuring(3);
    }

    private Caller startsCaller(String account) {
        return federation.cluster("east").startsCaller("shop", account, "stock.shop:80", CALLER);
    }

    private void awaitWhole() {
        var east = federation.cluster("east").operator();
        for (String name : CALLED) {
            east.awaitsGateways(name, 1);
            east.awaitsReady("shop", "stock", name, 1);
        }
        traffic.steadilyBy("west", "north");
        Awaitility.await("shares that move no more")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Math.abs(traffic.shareOf("west") - traffic.shareOf("north")) < 0.2);
    }

    @AfterAll
    void end() {
        west.close();
        north.close();
        federation.close();
    }

    @Test
    void whenTheTwoOfTheOwnRegionAreLostOneAfterTheOtherTheOthersShareTheTrafficAndNoRequestFails() {
        // When
        Curve one = traffic.around("five clusters, one of two killed", 6, west::dies);
        Curve two = traffic.around(
                "five clusters, the other of the region black-holed",
                8,
                () -> north.everyDoor(FaultProxy::swallowsAll));
        // Then
        north.everyDoor(FaultProxy::passes);
        west.comesBack();
        awaitWhole();
        assertThat(one.failed()).isEmpty();
        assertThat(one.share("west", -2, -1)).isBetween(0.4, 0.6);
        assertThat(one.timeToMove("north")).isLessThan(Duration.ofSeconds(1));
        assertThat(one.share("north", 1, 6)).isEqualTo(1.0);
        assertThat(two.failed()).isEmpty();
        assertThat(two.timeToMove("south")).isLessThan(Duration.ofSeconds(3));
        assertThat(two.share("south", 3, 8)).isBetween(0.4, 0.6);
        assertThat(two.share("far", 3, 8)).isBetween(0.4, 0.6);
    }

    @Test
    void oneOfTwoThatIsStoppedIsLeftWithinThreeSecondsAndComesBackWithoutAFailedRequest() {
        // When
        Curve left = traffic.around("five clusters, one of two stopped", 8, west::stops);
        Curve back = traffic.around("five clusters, the stopped one goes on", 20, west::goesOn);
        // Then
        awaitWhole();
        assertThat(left.failed()).isEmpty();
        assertThat(left.share("north", 3, 8)).isEqualTo(1.0);
        assertThat(back.failed()).isEmpty();
    }

    @Test
    void aConsumerThatSleptThroughALossFailsNothingWhenItWakesAndSeesEveryClusterAgain() {
        // Given
        asleep.awaitsAnswerOf("west");
        sleeper.process().pause();
        Curve others = traffic.around("five clusters, one consumer asleep", 6, west::dies);
        // When
        sleeper.process().resume();
        // Then
        for (int i = 0; i < 50; i++) {
            var answer = asleep.gets("/");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).startsWith("north ");
        }
        west.comesBack();
        awaitWhole();
        asleep.awaitsAnswerOf("west");
        assertThat(others.failed()).isEmpty();
    }
}
