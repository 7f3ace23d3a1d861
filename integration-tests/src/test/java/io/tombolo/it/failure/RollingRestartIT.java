package io.tombolo.it.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Balancer;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.LineClient;
import io.tombolo.it.actors.Load;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.ThreeClusters;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A new version is rolled out in another cluster while it is called: everything there is replaced, one after the other. Two of
 * its gateways are behind one address.
 */
@ExtendWith(ThreeClusters.Shared.class)
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingRestartIT {
    private static final boolean DEEP = Boolean.getBoolean("tombolo.deep");
    private static final int PER_SECOND = DEEP ? 1_000 : 200;
    private static final int CONNECTIONS = DEEP ? 64 : 16;
    private static final int ROUNDS = DEEP ? 4 : 1;

    private ThreeClusters three;
    private Cluster east;
    private Cluster west;
    private Caller caller;
    private Caller lines;
    private ProxyProcess lineServer;
    private List<ProxyProcess> gateways;
    private Balancer balancer;
    private ServiceInstance first;
    private ServiceInstance second;

    @BeforeAll
    void twoOfEach(ThreeClusters three) {
        this.three = three;
        east = three.east();
        west = three.west();
        var first = new Balancer.Behind(FreePorts.one(), FreePorts.one());
        var second = new Balancer.Behind(FreePorts.one(), FreePorts.one());
        balancer = Balancer.before(first, second);
        List<Object> started = Together.all(List.of(
                () -> west.startsGateway("roll-1", behindTheBalancer(first)),
                () -> west.startsGateway("roll-2", behindTheBalancer(second)),
                () -> west.startsService("shop", "rolling", "version-0"),
                () -> west.startsService("shop", "rolling", "version-1"),
                this::callers));
        gateways = started.stream().limit(2).map(ProxyProcess.class::cast).toList();
        this.first = (ServiceInstance) started.get(2);
        this.second = (ServiceInstance) started.get(3);
        west.operator().exports("shop", "rolling");
        if (DEEP) {
            withLines();
        }
        east.operator().awaitsReady("shop", "rolling", "west", 2);
        caller.awaitsAnswerOf("west");
        east.operator().awaitsGateways("west", 1 + gateways.size());
    }

    private List<Caller> callers() {
        List<Caller> both =
                east.startsCallerOfTwo("shop", "roller", "rolling.shop:80", "rolling-lines.shop:80", Map.of());
        caller = both.get(0);
        lines = both.get(1);
        return both;
    }

    private void withLines() {
        lineServer = west.startsLines("shop", "rolling-lines", "rolling-lines");
        west.operator().exports("shop", "rolling-lines");
        east.operator().awaitsReady("shop", "rolling-lines", "west", 1);
    }

    private Map<String, String> behindTheBalancer(Balancer.Behind ports) {
        return Map.of(
                "advertise", balancer.address(),
                "listen.port", "" + ports.port(),
                "health.host", "127.0.0.1",
                "health.port", "" + ports.health(),
                "drain.announce-after", "600ms",
                "drain.accept-for", "1200ms",
                "drain.deadline", "4s");
    }

    @AfterAll
    void end() throws Exception {
        gateways.forEach(west::losesGateway);
        balancer.close();
        three.endWorkloads();
    }

    @Test
    void instancesAndGatewaysAreReplacedUnderLoadAndNoRequestFails() {
        try (var load = Load.of(caller, "GET", PER_SECOND, CONNECTIONS)) {
            load.awaitMore(PER_SECOND);
            for (int round = 1; round <= ROUNDS; round++) {
                // When
                replaceInstance("version-" + 2 * round);
                if (DEEP) {
                    replaceInstance("version-" + (2 * round + 1));
                }
                for (ProxyProcess gateway : DEEP ? gateways : gateways.subList(0, 1)) {
                    gateway.asksToEnd();
                    gateway.awaitEnd();
                    gateway.startAgain();
                    balancer.awaitsReady(gateways.size());
                    east.operator().awaitsGateways("west", 1 + gateways.size());
                }
            }
            // Then
            Load.Report report = load.awaitMore(PER_SECOND).stop();
            System.out.printf(
                    "rolling restart: %d requests at %d/s, %d failed, slowest %d ms%n",
                    report.sent(), PER_SECOND, report.failed().size(), report.slowest());
            assertThat(report.failed()).isEmpty();
            assertThat(report.of("west version-" + 2 * ROUNDS)).isPositive();
        }
    }

    @Test
    void whoSaysThatItIsNotReadyOrThatItLeavesGetsNothingNewAndStillCallsOthers() throws Exception {
        // Given one more instance, which has a page that says whether it is ready, and calls others itself
        int port = FreePorts.one();
        ServiceInstance third = west.startsService(
                "shop",
                "rolling",
                "leaver",
                Map.of("readiness.path", "/ready", "bind", "rolling.shop:80=127.0.0.1:" + port));
        var own = new Caller(third.sidecar(), port, "rolling.shop:80");
        east.operator().awaitsReady("shop", "rolling", "west", 3);
        // When it says that it is not, and that it is again
        third.app().answersWith(503);
        east.operator().awaitsReady("shop", "rolling", "west", 2);
        third.app().answersWith(200);
        east.operator().awaitsReady("shop", "rolling", "west", 3);
        // When its pod begins to end, while it is called
        try (var load = Load.of(caller, "GET", PER_SECOND, CONNECTIONS)) {
            load.awaitMore(PER_SECOND);
            Files.createFile(third.sidecar().state().resolve("leave"));
            east.operator().awaitsReady("shop", "rolling", "west", 2);
            Load.Report report = load.awaitMore(PER_SECOND).stop();
            // Then nobody notices
            assertThat(report.failed()).isEmpty();
            assertThat(report.of("west leaver")).isPositive();
        }
        // And nothing more comes in, while its own calls go out
        caller.awaitsOnlyAnswersOf("west version");
        own.awaitsOnlyAnswersOf("west version");
        third.kill();
        east.operator().awaitsReady("shop", "rolling", "west", 2);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "tombolo.deep",
            matches = "true",
            disabledReason = "it waits for a drain's deadline")
    void anOpenStreamGoesOnWhileItsSidecarDrainsUntilTheDeadline() {
        // Given
        try (var stream = LineClient.to(lines.port())) {
            assertThat(stream.says("one")).isEqualTo("one");
            // When
            lineServer.asksToEnd();
            Awaitility.await("the word that it goes away")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> east.operator().readyIn("shop", "rolling-lines", "west") < 1);
            // Then
            assertThat(stream.says("two")).isEqualTo("two");
            lineServer.awaitEnd();
            assertThat(stream.isEnded()).isTrue();
        }
    }

    /** The new one first, as schedulers do it. */
    private void replaceInstance(String version) {
        ServiceInstance next = west.startsService("shop", "rolling", version);
        east.operator().awaitsReady("shop", "rolling", "west", 3);
        ServiceInstance old = first;
        first = second;
        second = next;
        old.sidecar().asksToEnd();
        old.sidecar().awaitEnd();
        old.app().close();
        east.operator().awaitsReady("shop", "rolling", "west", 2);
    }
}
