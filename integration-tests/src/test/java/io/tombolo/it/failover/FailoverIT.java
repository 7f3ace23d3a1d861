package io.tombolo.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.FaultProxy;
import io.tombolo.it.actors.Load;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.ThreeClusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * East calls; west is of its region, south is not. Of the two services one is in west and south only, the other in all three.
 * Each scenario begins and ends with everything whole.
 */
@ExtendWith(ThreeClusters.Shared.class)
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverIT {
    private static final boolean DEEP = Boolean.getBoolean("tombolo.deep");
    private static final int PER_SECOND = DEEP ? 1_000 : 200;
    private static final int CONNECTIONS = DEEP ? 64 : 16;
    private static final int GATEWAYS = DEEP ? 3 : 1;
    private static final String BACK = DEEP ? "5s" : "1s";
    private static final Duration KILLED = Duration.ofSeconds(1);
    private static final Duration SILENT = Duration.ofSeconds(3);
    private static final Map<String, String> CALLER =
            Map.of("failover.hold", BACK, "failover.ramp", BACK, "outbound.cut-silent-after", "3s");

    private static final String ONLY_WEST = """
            apiVersion: tombolo.io/v1
            kind: FailoverPolicy
            metadata: {name: fail-stock, namespace: shop}
            spec:
              targetRef: {name: fail-stock}
              tiers: [{clusters: {only: [west]}}]
            """;

    private ThreeClusters three;
    private Cluster east;
    private Peer west;
    private Peer south;
    private ServiceInstance stockInWest;
    private ServiceInstance stockInSouth;
    private Traffic stock;

    @BeforeAll
    void twoRemotes(ThreeClusters three) {
        this.three = three;
        east = three.east();
        three.west().gateway().kill();
        west = Peer.of(three.west(), GATEWAYS);
        south = Peer.of(three.south(), 0);
        List<ServiceInstance> made = Together.all(
                List.of(() -> west.exports("fail-stock", Map.of()), () -> south.exports("fail-stock", Map.of())));
        stockInWest = made.get(0);
        stockInSouth = made.get(1);
        Caller caller = east.startsCaller("shop", "failing-over", "fail-stock.shop:80", CALLER);
        east.operator().awaitsGateways("west", GATEWAYS);
        east.operator().awaitsPathTo("south");
        east.operator().awaitsReady("shop", "fail-stock", "west", 1);
        east.operator().awaitsReady("shop", "fail-stock", "south", 1);
        stock = new Traffic(caller, PER_SECOND, CONNECTIONS).steadilyBy("west").measuring(GATEWAYS + 1);
        if (DEEP) {
            stock.warm();
            west.everyDoor(FaultProxy::refuses);
            stock.steadilyBy("south").warm();
            restored(this::openDoors);
        }
    }

    @AfterAll
    void end() throws Exception {
        three.endWorkloads();
        west.close();
        south.close();
        three.west().gateway().startAgain();
        three.east().operator().awaitsPathTo("west");
    }

    /** Puts right what {@code fault} broke, and waits until calls go where they went before. */
    private void restored(Runnable again) {
        again.run();
        stock.steadilyBy("west").measuring(GATEWAYS + 1);
    }

    private void openDoors() {
        west.everyDoor(FaultProxy::passes);
    }

    @Test
    void aClusterThatIsKilledIsLeftWithinASecondAndComesBackByAndByAndNoRequestFails() {
        // When
        Curve left = stock.around("cluster killed", DEEP ? 8 : 3, west::dies);
        // Then
        Curve back = stock.around("cluster back", DEEP ? 25 : 4, west::comesBack);
        restored(() -> {});
        assertLeft(left, KILLED, DEEP ? 8 : 3);
        assertThat(back.failed()).isEmpty();
        assertThat(back.share("west", 0, 1)).isZero();
    }

    @Deep
    @Test
    void aClusterBehindAHoleIsLeftWithinThreeSecondsAndNoRequestThatMayBeRepeatedFails() {
        // When
        Curve curve = stock.around("data ports black-holed", 5, () -> west.everyDoor(FaultProxy::swallowsAll));
        // Then
        restored(this::openDoors);
        assertLeft(curve, SILENT, 5);
    }

    @Test
    @LongOnly
    void aClusterThatIsStoppedWithItsConnectionsOpenIsLeftWithinThreeSecondsAndNoRequestFails() {
        // When
        Curve curve = stock.around("cluster stopped", 8, west::stops);
        // Then
        restored(west::goesOn);
        assertLeft(curve, SILENT, 8);
    }

    @Test
    @LongOnly
    void halfOpenConnectionsAreLeftWithinThreeSecondsAndOfWhatMayNotBeRepeatedOnlyWhatWasUnderWayFails() {
        // When
        Curve reads = stock.around("half open", 8, () -> west.everyDoor(FaultProxy::swallowsAnswers));
        restored(this::openDoors);
        Traffic few = new Traffic(stock.caller(), 50, 32);
        Curve writes = few.around("POST", "half open, POST", 10, () -> west.everyDoor(FaultProxy::swallowsAnswers));
        // Then
        restored(this::openDoors);
        assertLeft(reads, SILENT, 8);
        assertThat(writes.failed()).hasSizeLessThanOrEqualTo(32).allMatch(why -> why.contains("TB-2021"));
        assertThat(writes.share("south", 7, 10)).isEqualTo(1.0);
    }

    @Test
    @LongOnly
    void oneGatewayOfThreeThatIsKilledMovesNothingElsewhereAndFailsNoRequest() {
        // When
        Curve curve = stock.around(
                "one gateway of three killed", 6, () -> west.gateway(0).kill());
        // Then
        restored(() -> west.gateway(0).startAgain());
        assertStayed(curve, 6);
    }

    @Test
    @LongOnly
    void oneGatewayOfThreeBehindAHoleMovesNothingElsewhereAndIsLeftWithinThreeSeconds() {
        // When
        Curve curve = stock.around(
                "one gateway of three black-holed", 8, () -> west.door(0).swallowsAll());
        // Then
        restored(this::openDoors);
        assertStayed(curve, 8);
        assertThat(curve.median(4, 8)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    @LongOnly
    void withTheBackboneDownAClusterThatIsKilledIsLeftAsFast() {
        // Given
        three.federation().backbone().kill();
        // When
        Curve curve = stock.around("cluster killed, no backbone", 8, west::dies);
        // Then
        restored(() -> {
            three.federation().backbone().startAgain();
            west.comesBack();
        });
        assertLeft(curve, KILLED, 8);
    }

    @Test
    @LongOnly
    void aClusterThatIsSlowIsNotLeft() {
        // Given
        Traffic many = new Traffic(stock.caller(), PER_SECOND, 400);
        // When
        Curve curve = many.around(
                "answers 200 ms late", 8, () -> west.everyDoor(door -> door.delaysAnswersBy(Duration.ofMillis(200))));
        // Then
        restored(this::openDoors);
        assertStayed(curve, 8);
        assertThat(curve.median(1, 8)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    @LongOnly
    void errorsThatBothRegionsHaveAreComparedOnceByEachLoop() {
        // When
        double ejections = stock.caller().sidecar().counted("tombolo_ejections_total");
        Curve curve = stock.around(
                "30 % errors in both regions",
                45, () -> {
                    stockInWest.app().fails(3);
                    stockInSouth.app().fails(3);
                });
        // Then
        restored(() -> {
            stockInWest.app().fails(0);
            stockInSouth.app().fails(0);
        });
        stock.ejectingNobody();
        assertThat(curve.failed()).allMatch(why -> why.startsWith("HTTP/1.1 500"));
        assertThat(curve.failed().size() / (double) curve.answers().size()).isBetween(0.25, 0.31);
        // Whether the other one is better is found out once by each of the caller's two loops, and is known then.
        assertThat(stock.caller().sidecar().counted("tombolo_ejections_total") - ejections)
                .isLessThanOrEqualTo(2);
    }

    @Test
    @LongOnly
    void aClusterThatComesAndGoesEveryTwoSecondsIsLeftOnceAndNoRequestFails() {
        // When
        try (var flapping = Flapping.every(Duration.ofSeconds(2))) {
            Curve curve = stock.around(
                    "flapping every 2 s",
                    14,
                    () -> flapping.between(() -> west.everyDoor(FaultProxy::refuses), this::openDoors));
            flapping.end();
            // Then
            restored(this::openDoors);
            assertLeft(curve, KILLED, 14);
        }
    }

    @Test
    @LongOnly
    void whoHasNoInstanceAnyMoreIsLeftThoughItsGatewaysAreHealthyAndNoRequestFails() {
        // When
        Curve curve = stock.around("scaled to 0", 8, () -> stockInWest.sidecar().asksToEnd());
        // Then
        stockInWest.sidecar().awaitEnd();
        restored(() -> stockInWest.sidecar().startAgain());
        assertLeft(curve, Duration.ofSeconds(2), 8);
    }

    @Deep
    @Test
    void whatTheStandbyDoesNotGrantIsRefusedAndWhatCanWaitIsRefusedFirst() {
        // Given: only west may answer, and it takes two thirds of what will be asked for
        west.takes("fail-stock", PER_SECOND * 2 / 3);
        east.operator().api().postYaml("/resources", ONLY_WEST);
        try {
            // When
            Overload seen = overloaded(PER_SECOND / 2);
            // Then
            assertThat(seen.urgent().failed()).isEmpty();
            assertThat(seen.canWait().failed()).allMatch(why -> why.contains("503") && why.contains("TB-2085"));
            // Of a third that is too much all is taken from the half that can wait.
            assertThat(seen.canWait().share("west", 0, 3)).isBetween(0.2, 0.6);
        } finally {
            restored(() -> {
                east.operator().api().delete("/resources/FailoverPolicy/shop/fail-stock");
                west.takesAnything("fail-stock");
            });
        }
    }

    private record Overload(Curve urgent, Curve canWait) {}

    /** As many of each kind a second; the fault is that shedding has settled. */
    private Overload overloaded(int perSecond) {
        try (Load clicks = Load.with("Accept: */*", stock.caller(), perSecond, CONNECTIONS);
                Load exports = Load.with("Priority: u=6", stock.caller(), perSecond, CONNECTIONS)) {
            east.operator().awaitsShed("fail-stock.shop", 0.25, 0.38);
            long from = System.nanoTime();
            clicks.awaitMore(perSecond * 3);
            var seen = new Overload(Curve.of(clicks.stop(), from), Curve.of(exports.stop(), from));
            System.out.println(
                    seen.urgent().table("overloaded, urgent") + seen.canWait().table("overloaded, can wait"));
            return seen;
        }
    }

    /** @param within beyond what this machine kept requests waiting anyway, with other tests beside it */
    private static void assertLeft(Curve curve, Duration within, int seconds) {
        assertThat(curve.failed()).isEmpty();
        assertThat(curve.shareBefore("west")).isGreaterThan(0.99);
        assertThat(curve.timeToMove("south")).isLessThan(within.plus(curve.slowestBefore()));
        assertThat(curve.share("south", (int) within.toSeconds(), seconds)).isEqualTo(1.0);
    }

    private static void assertStayed(Curve curve, int seconds) {
        assertThat(curve.failed()).isEmpty();
        // What was under way by a way that failed may be sent again to anybody.
        assertThat(curve.share("west", -2, seconds)).isGreaterThan(0.99);
    }
}
