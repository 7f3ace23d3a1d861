package io.tombolo.it.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Forger;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.LineClient;
import io.tombolo.it.actors.Load;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.ServiceInstance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * East calls west, 40 times a second over 8 connections, while one program after the other dies. Nobody else has the service,
 * so nothing is saved by moving to another cluster.
 */
@Deep
@SuppressWarnings("NullAway.Init") // the tests follow one another, each on what the ones before left
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledUnderLoadIT {
    private static final int CONNECTIONS = 8;

    /** How often each program is killed. */
    private static final int ROUNDS = Boolean.getBoolean("tombolo.deep") ? 5 : 1;

    private Federation federation;
    private Cluster east;
    private Cluster west;
    private ProxyProcess firstGateway;
    private ProxyProcess secondGateway;
    private ServiceInstance firstCheckout;
    private Caller caller;
    private Caller lines;
    private Caller neighbour;

    @BeforeAll
    void linkTwoClusters() {
        var two = new LinkedHashMap<String, String>();
        two.put("east", "eu");
        two.put("west", "eu");
        federation = Federation.linked(two);
        east = federation.cluster("east");
        west = federation.cluster("west");
        east.startsGateway("gateway");
        firstGateway = west.startsGateway("gateway-1", atOnePort());
        firstCheckout = west.startsService("shop", "checkout", "checkout-1");
        west.startsService("shop", "checkout", "checkout-2");
        west.startsLines("shop", "lines", "lines-1");
        west.operator().exports("shop", "checkout");
        west.operator().exports("shop", "lines");
        List<Caller> both = east.startsCallerOfTwo("shop", "frontend", "checkout.shop:80", "lines.shop:80", Map.of());
        caller = both.get(0);
        lines = both.get(1);
        neighbour = west.startsCaller("shop", "neighbour", "checkout.shop:80", Map.of());
        east.operator().awaitsPathTo("west");
        east.operator().awaitsReady("shop", "checkout", "west", 2);
        east.operator().awaitsReady("shop", "lines", "west", 1);
        caller.awaitsAnswerOf("west");
        neighbour.awaitsAnswerOf("west");
    }

    /** Where it is found again after a restart of which nobody can hear. */
    private static Map<String, String> atOnePort() {
        return Map.of(
                "listen.port", String.valueOf(FreePorts.one()), "drain.accept-for", "1500ms", "drain.deadline", "6s");
    }

    @Test
    @Order(1)
    void aGatewayThatIsSentAwaySaysSoFailsNoRequestAndLetsStreamsRunUntilItsDeadline() {
        // Given a stream through the first gateway, and a second gateway
        try (var early = LineClient.to(lines.port());
                var load = Load.of(caller)) {
            assertThat(early.says("one")).isEqualTo("one");
            secondGateway = west.startsGateway("gateway-2", atOnePort());
            awaitGateways(2);
            load.awaitMore(20);
            // When
            firstGateway.asksToEnd();
            // Then it takes nothing new after a while, and what is open goes on
            firstGateway.awaitPortClosed();
            assertThat(early.says("two")).isEqualTo("two");
            try (var late = LineClient.to(lines.port())) {
                assertThat(late.says("three")).isEqualTo("three");
                awaitDraining();
                firstGateway.awaitEnd();
                assertThat(early.isEnded()).isTrue();
                assertThat(late.says("four")).isEqualTo("four");
            }
            Load.Report report = load.awaitMore(20).stop();
            assertThat(report.failed()).isEmpty();
            assertThat(report.sent()).isGreaterThan(100);
        }
        firstGateway.startAgain();
        awaitGateways(2);
    }

    private void awaitGateways(int number) {
        east.operator().awaitsGateways("west", number);
    }

    private void awaitDraining() {
        Awaitility.await("the word that a gateway goes away")
                .atMost(Duration.ofSeconds(15))
                .until(() -> east.operator()
                        .sees("west")
                        .path("gateways")
                        .findValuesAsText("draining")
                        .contains("true"));
    }

    @Test
    @Order(2)
    void aGatewayThatIsKilledFailsNoRequestAndTakesPartAgainWhenItIsBack() {
        try (var load = Load.of(caller)) {
            for (int i = 0; i < ROUNDS; i++) {
                load.awaitMore(20);
                // When
                firstGateway.kill();
                load.awaitMore(60);
                firstGateway.startAgain();
                awaitGateways(2);
                // Then all goes through the one that is back when the other one dies
                secondGateway.kill();
                load.awaitMore(60);
                secondGateway.startAgain();
                awaitGateways(2);
            }
            assertThat(load.stop().failed()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void aSidecarOfTheServiceThatIsKilledFailsAtMostWhatWasInFlightAndMustNotBeRepeated() {
        try (var reads = Load.of(caller);
                var writes = Load.of(caller, "POST", 20, CONNECTIONS)) {
            for (int i = 0; i < ROUNDS; i++) {
                reads.awaitMore(20);
                // When
                firstCheckout.sidecar().kill();
                // Then
                reads.awaitMore(60);
                writes.awaitMore(20);
                firstCheckout.sidecar().startAgain();
                reads.awaitAnswerOf("west checkout-1");
            }
            assertThat(reads.stop().failed()).isEmpty();
            List<String> notRepeated = writes.stop().failed();
            assertThat(notRepeated)
                    .hasSizeLessThanOrEqualTo(CONNECTIONS * ROUNDS)
                    .allMatch(why -> why.contains("TB-2021"));
        }
    }

    @Test
    @Order(4)
    void aCallersOwnSidecarThatIsKilledHarmsNobodyElseAndServesAgainWhenItIsBack() {
        try (var others = Load.of(neighbour)) {
            // When
            caller.sidecar().kill();
            others.awaitMore(20);
            caller.sidecar().startAgain();
            // Then
            caller.awaitsAnswerOf("west");
            assertThat(others.awaitMore(20).stop().failed()).isEmpty();
        }
    }

    @Test
    @Order(5)
    void aControllerThatIsKilledFailsNoRequestInItsOwnClusterAndNoneInAnother() {
        try (var across = Load.of(caller);
                var within = Load.of(neighbour)) {
            for (int i = 0; i < ROUNDS; i++) {
                for (Cluster cluster : List.of(west, east)) {
                    // When
                    cluster.controller().kill();
                    across.awaitMore(40);
                    cluster.startControllerAgain();
                    // Then
                    across.awaitMore(80);
                }
            }
            assertThat(across.stop().failed()).isEmpty();
            assertThat(within.stop().failed()).isEmpty();
        }
        awaitGateways(2);
    }

    @Test
    @Order(6)
    void aBrokerThatIsKilledFailsNoRequestAndWhatIsExportedMeanwhileArrivesLater() {
        // Given
        west.startsService("shop", "late", "late-1");
        try (var load = Load.of(caller)) {
            // When
            federation.backbone().kill();
            // Then
            assertThat(west.operator().exports("shop", "late").toString()).contains("\"published\":\"pending\"");
            load.awaitMore(80);
            federation.backbone().startAgain();
            east.operator().awaitsReady("shop", "late", "west", 1);
            assertThat(load.awaitMore(20).stop().failed()).isEmpty();
        }
    }

    @Test
    @Order(7)
    void whatTheBrokersAdministratorForgesIsRefusedCountedAndShownAndNoCallerNotices() {
        try (var attacker = new Forger(federation.backbone(), "demo");
                var load = Load.of(caller)) {
            // When
            attacker.flipsBits("west");
            attacker.signsForeignly("west", "east");
            attacker.saysNobodyIsReady("west");
            attacker.replays("west");
            attacker.erases("west");
            // Then
            awaitRefused("west", "TB-3001", "TB-3003", "TB-3007");
            awaitRefused("east", "TB-3001");
            awaitRefused("LOG_MEMBERS", "TB-3007");
            assertThat(east.operator().sees("west").path("state").asText()).isEqualTo("ADMITTED");
            assertThat(east.operator().sees("west").path("refused").size()).isGreaterThanOrEqualTo(3);
            assertThat(east.operator().readyIn("shop", "checkout", "west")).isEqualTo(2);
            // When
            east.controller().kill();
            east.startControllerAgain();
            // Then
            assertThat(load.awaitMore(40).stop().failed()).isEmpty();
            assertThat(east.operator().readyIn("shop", "checkout", "west")).isIn(-1, 2);
        }
    }

    private void awaitRefused(String origin, String... codes) {
        for (String code : codes) {
            Awaitility.await(code + " from " + origin)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> refusals(origin, code) > 0
                            && east.operator().metrics().lines().anyMatch(line -> counts(line, origin, code)));
        }
    }

    private long refusals(String origin, String code) {
        long count = 0;
        for (var row : east.operator().api().get("/refusals")) {
            boolean meant = row.path("origin").asText().equals(origin)
                    && row.path("code").asText().equals(code);
            count += meant ? row.path("count").asLong() : 0;
        }
        return count;
    }

    private static boolean counts(String line, String origin, String code) {
        return line.startsWith("tombolo_records_refused")
                && line.contains("origin=\"" + origin + "\"")
                && line.contains("code=\"" + code + "\"");
    }

    @Test
    @Order(8)
    void withTheBackboneAndEveryPeerDeadClustersThatAreStartedAnewStillServeAndCall() {
        // Given
        federation.backbone().kill();
        // When everything in the calling cluster is killed and started again, while the called one has no controller
        west.controller().kill();
        east.killEverything();
        east.startEverythingAgain();
        // Then
        caller.awaitsAnswerOf("west");
        // When everything in the called cluster is, while the calling one has no controller
        east.controller().kill();
        west.killEverything();
        west.startEverythingAgain();
        // Then
        caller.awaitsAnswerOf("west");
        neighbour.awaitsAnswerOf("west");
        try (var load = Load.of(caller)) {
            assertThat(load.awaitMore(40).stop().failed()).isEmpty();
        }
    }

    @AfterAll
    void end() {
        federation.close();
    }
}
