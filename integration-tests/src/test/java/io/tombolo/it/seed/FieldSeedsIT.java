package io.tombolo.it.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Detour;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.HostsFile;
import io.tombolo.it.actors.LineClient;
import io.tombolo.it.actors.Load;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.JoinToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** East calls, west has the service; one report after the other on one federation. */
@Deep
@SuppressWarnings("NullAway.Init") // the tests follow one another, each on what the ones before left
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FieldSeedsIT {
    private static final String GATEWAY_NAME = "gateway.west.test";

    private Federation federation;
    private HostsFile names;
    private Cluster east;
    private Cluster west;
    private ProxyProcess westGateway;
    private ServiceInstance first;
    private ServiceInstance second;
    private Caller caller;
    private Caller lines;

    @BeforeAll
    void foundByEastAlone() {
        var two = new LinkedHashMap<String, String>();
        two.put("east", "eu");
        two.put("west", "eu");
        federation = Federation.unlinked(two);
        east = federation.cluster("east");
        west = federation.cluster("west");
        east.operator().founds("demo", federation.backbone().connectionFile());
    }

    @Test
    @Order(1)
    void aJoinByAnAddressWhereNobodyAnswersSaysSoAndWorksWithTheSameTokenWhenSomebodyDoes() {
        // Given a token whose address is wrong
        int wrong = FreePorts.one();
        JoinToken token = TokenText.join(east.operator().invites("west"));
        int right = Integer.parseInt(token.getEnrolmentAddresses(0).replaceFirst(".*:", ""));
        String misled = TokenText.write(token.toBuilder()
                .clearEnrolmentAddresses()
                .addEnrolmentAddresses("127.0.0.1:" + wrong)
                .build());
        // When
        JsonNode failed = west.operator().joins(misled);
        // Then
        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(failed.toString()).contains("TB-", "127.0.0.1:" + wrong);
        // When that address is put right, without a restart of anybody
        try (var detour = Detour.open(wrong, right)) {
            JsonNode joined = west.operator().joins(misled);
            // Then
            assertThat(joined.path("state").asText()).as(joined.toString()).isNotEqualTo("FAILED");
        }
    }

    @Test
    @Order(2)
    void aTcpServiceThatAnswersOnlyAfterItsClientsHalfCloseIsHeardToTheEnd() {
        // Given
        startEverybody();
        List<String> many = java.util.stream.IntStream.range(0, 5_000)
                .mapToObj(i -> "line " + i)
                .toList();
        // When, then
        assertThat(LineClient.counts(lines.port(), many)).isEqualTo("5000 lines");
        assertThat(LineClient.counts(lines.port(), List.of())).isEqualTo("0 lines");
    }

    private void startEverybody() {
        names = new HostsFile(federation.dir());
        names.says(GATEWAY_NAME, "127.0.0.1");
        east.livesInside(names.askedBy());
        east.startsGateway("gateway");
        westGateway = west.startsGateway("gateway");
        first = west.startsService("shop", "checkout", "checkout-1");
        second = west.startsService("shop", "checkout", "checkout-2");
        west.startsLines("shop", "lines", "lines-1");
        west.operator().exports("shop", "checkout");
        west.operator().exports("shop", "lines");
        List<Caller> both = east.startsCallerOfTwo("shop", "frontend", "checkout.shop:80", "lines.shop:80", Map.of());
        caller = both.get(0);
        lines = both.get(1);
        east.operator().awaitsPathTo("west");
        east.operator().awaitsReady("shop", "checkout", "west", 2);
        east.operator().awaitsReady("shop", "lines", "west", 1);
        caller.awaitsAnswerOf("west");
    }

    @Test
    @Order(3)
    void anEndpointAndAnExportThatWentWhileTheBrokerWasDownDoNotComeBackWithIt() {
        // Given
        federation.backbone().kill();
        // When
        second.sidecar().kill();
        west.operator().unexports("shop", "lines");
        federation.backbone().startAgain();
        // Then
        east.operator().awaitsReady("shop", "checkout", "west", 1);
        awaitNotImported("lines");
        try (var load = Load.of(caller)) {
            // When what east has on disk is all that it knows
            east.controller().kill();
            east.startControllerAgain();
            // Then
            for (int i = 0; i < 20; i++) {
                assertThat(east.operator().readyIn("shop", "checkout", "west")).isIn(-1, 1);
                assertThat(sourcesOf("lines")).isZero();
                load.awaitMore(4);
            }
            Load.Report report = load.stop();
            assertThat(report.failed()).isEmpty();
            assertThat(report.of("west checkout-2")).isZero();
        }
    }

    private void awaitNotImported(String service) {
        Awaitility.await(service + " to be withdrawn")
                .atMost(Duration.ofSeconds(30))
                .until(() -> sourcesOf(service) == 0);
    }

    private int sourcesOf(String service) {
        for (JsonNode row : east.operator().api().get("/services")) {
            if (row.path("name").asText().equals(service)) {
                return row.path("clusters").size();
            }
        }
        return 0;
    }

    @Test
    @Order(4)
    void aBrokerAndAnInstanceThatStartAgainAtTheSameMomentLeaveNobodyBehind() {
        try (var load = Load.of(caller)) {
            // Given
            federation.backbone().kill();
            first.sidecar().kill();
            second.sidecar().startAgain();
            // When
            first.sidecar().startsAgain();
            federation.backbone().startAgain();
            first.sidecar().awaitReady();
            // Then
            east.operator().awaitsReady("shop", "checkout", "west", 2);
            load.awaitAnswerOf("west checkout-1").awaitAnswerOf("west checkout-2");
        }
    }

    @Test
    @Order(5)
    void anExportThatOnlyAnotherClusterHasStaysCallableWhileTheControllerStartsWithoutABroker() {
        try (var load = Load.of(caller)) {
            // Given
            federation.backbone().kill();
            // When
            east.controller().kill();
            east.startControllerAgain();
            // Then even for a workload that was never seen before
            Caller newcomer = east.startsCaller("shop", "newcomer", "checkout.shop:80", Map.of());
            newcomer.awaitsAnswerOf("west");
            assertThat(load.awaitMore(20).stop().failed()).isEmpty();
        }
        federation.backbone().startAgain();
    }

    @Test
    @Order(6)
    void aServiceWithoutAnyInstanceIsNotCountedAsAvailableThoughItsGatewayIsHealthy() {
        // When
        first.sidecar().stop();
        second.sidecar().stop();
        // Then
        east.operator().awaitsReady("shop", "checkout", "west", 0);
        assertThat(caller.awaitsStatus(503).body()).contains("TB-2009", "west: no ready instance");
        assertThat(east.operator().sees("west").path("gateways").findValuesAsText("state"))
                .contains("UP");
        // When
        first.sidecar().startAgain();
        // Then
        caller.awaitsAnswerOf("west checkout-1");
    }

    @Test
    @Order(7)
    void aGatewayThatComesBackAtAnotherAddressIsUsedThereWithinASecondOfItsWord() {
        // Given
        caller.awaitsAnswerOf("west");
        westGateway.kill();
        // When
        westGateway.startAgain();
        String address = "127.0.0.1:" + westGateway.ready().path("port").asInt();
        Awaitility.await("the new address")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> east.operator().sees("west").toString().contains(address));
        long announced = System.nanoTime();
        caller.awaitsAnswerOf("west");
        // Then
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - announced)).isLessThanOrEqualTo(1_000);
    }

    @Test
    @Order(8)
    void aGatewayWhoseNameMeansAnotherAddressNowIsFoundThereWithoutARestartOfAnybodyElse() {
        // Given
        String port = String.valueOf(FreePorts.one());
        westGateway.kill();
        westGateway.startAgainWith(Map.of("listen.port", port, "advertise", GATEWAY_NAME + ":" + port));
        caller.awaitsAnswerOf("west");
        // When
        westGateway.kill();
        names.says(GATEWAY_NAME, "127.0.0.2");
        westGateway.startAgainWith(Map.of("listen.host", "127.0.0.2"));
        // Then
        long back = System.nanoTime();
        caller.awaitsAnswerOf("west");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back)).isLessThanOrEqualTo(3_000);
        assertThat(east.operator().sees("west").toString()).contains(GATEWAY_NAME + ":" + port);
    }

    @AfterAll
    void end() {
        federation.close();
    }
}
