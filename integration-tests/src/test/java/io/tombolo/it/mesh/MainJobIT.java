package io.tombolo.it.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Backbone;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Load;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.ThreeClusters;
import io.tombolo.it.actors.TraceCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job, one step after the other on one federation: link, export, call, kill, move, come back, withdraw. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {
    private static final Map<String, String> QUICK = Map.of("failover.hold", "1s", "failover.ramp", "1s");

    private ThreeClusters three;
    private Cluster east;
    private Cluster west;
    private Cluster south;
    private ProxyProcess westGateway;
    private ServiceInstance eastCheckout;
    private Caller caller;
    private Path accessLog;
    private TraceCollector collector;

    @BeforeAll
    void exportFromThreeClusters(ThreeClusters three) throws IOException {
        collector = TraceCollector.start();
        this.three = three;
        east = three.east();
        west = three.west();
        south = three.south();
        westGateway = west.gateway();
        List<ServiceInstance> checkouts =
                Together.all(List.of(() -> exported(east), () -> exported(west), () -> exported(south)));
        eastCheckout = checkouts.getFirst();
        accessLog = three.federation().dir().resolve("access.json").toAbsolutePath();
        var settings = new HashMap<>(QUICK);
        settings.put("access-log.to", accessLog.toString());
        settings.put("trace.endpoint", collector.address());
        settings.put("trace.ratio", "1");
        caller = east.startsCaller("shop", "frontend", "checkout.shop:80", settings);
        east.operator().awaitsPathTo("west");
        east.operator().awaitsPathTo("south");
        east.operator().awaitsReady("shop", "checkout", "west", 1);
        east.operator().awaitsReady("shop", "checkout", "south", 1);
    }

    private static ServiceInstance exported(Cluster cluster) {
        ServiceInstance checkout = cluster.startsService("shop", "checkout", "checkout-1");
        cluster.operator().exports("shop", "checkout");
        return checkout;
    }

    private static Backbone controlled(Backbone backbone) {
        backbone.startAgain();
        return backbone;
    }

    private static Cluster controlled(Cluster cluster) {
        cluster.startControllerAgain();
        return cluster;
    }

    @Test
    @Order(1)
    void theLocalInstanceAnswersAndKnowsWhoCalls() {
        var answer = caller.awaitsAnswerOf("east checkout-1");
        assertThat(answer.body()).contains("spiffe://east.demo.tombolo/ns/shop/sa/frontend");
    }

    @Test
    @Order(1)
    void theProgramOfASidecarThatIsKilledByForceEnds() throws Exception {
        endsWithItsSidecar("echo program $$; exec sleep 600");
    }

    @Deep
    @Test
    @Order(1)
    void alsoOneThatDoesNotListenToTerm() throws Exception {
        endsWithItsSidecar("trap '' TERM; echo program $$; while :; do sleep 1; done");
    }

    private void endsWithItsSidecar(String script) throws Exception {
        // Given
        ProxyProcess sidecar = east.runsProgram("shop", "worker", List.of("sh", "-c", script));
        String said = sidecar.process().awaitLine(line -> line.startsWith("program "));
        ProcessHandle program =
                ProcessHandle.of(Long.parseLong(said.substring(8).strip())).orElseThrow();
        // When
        sidecar.process().killAlone();
        // Then
        assertThat(program.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    @Order(2)
    void whenTheLocalInstanceDiesTheSameRegionAnswersTheVeryNextRequest() {
        // Given
        caller.awaitsAnswerOf("east checkout-1");
        // When
        eastCheckout.kill();
        // Then
        for (int i = 0; i < 50; i++) {
            var answer = caller.gets("/");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).startsWith("west checkout-1");
        }
    }

    @Test
    @Order(3)
    void whenWestsGatewayDiesTheOtherRegionAnswersAndWestComesBackWithIt() {
        // Given
        caller.awaitsAnswerOf("west");
        // When
        westGateway.kill();
        // Then
        for (int i = 0; i < 50; i++) {
            var answer = caller.gets("/");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).startsWith("south checkout-1");
        }
        // When
        westGateway.startAgain();
        // Then
        caller.awaitsAnswerOf("west");
    }

    @Test
    @Order(4)
    void withTheBackboneAndEveryControllerDeadWhatRunsGoesOn() {
        // Given
        caller.awaitsAnswerOf("west");
        // When
        three.federation().backbone().kill();
        east.controller().kill();
        west.controller().kill();
        south.controller().kill();
        // Then
        for (int i = 0; i < 20; i++) {
            // West is still coming back along its ramp: either may answer, somebody must.
            assertThat(caller.gets("/").body()).containsAnyOf("west checkout-1", "south checkout-1");
        }
        // When everything in the caller's cluster is started again, still without backbone and controller
        caller.sidecar().kill();
        caller.sidecar().startAgain();
        // Then
        caller.awaitsAnswerOf("west");
    }

    @Test
    @Order(4)
    void theCallerMeasuresThePathsThatItUsesByItself() {
        // Given
        caller.awaitsAnswerOf("west");
        // Then
        Awaitility.await("a path that answers the caller's own probe")
                .atMost(Duration.ofSeconds(30))
                .until(() -> caller.sidecar().counted("tombolo_paths_up") >= 1);
    }

    @Test
    @Order(4)
    void theCallersAccessLogTellsWhereItsCallsWent() throws Exception {
        // Given
        caller.awaitsAnswerOf("west");
        // When
        List<String> lines = Awaitility.await("lines of the access log")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.readAllLines(accessLog), all -> all.getLast().contains("\"cluster\":\"west\""));
        // Then
        for (String line : lines) {
            assertThat(new ObjectMapper().readTree(line).path("direction").asText())
                    .isEqualTo("outbound");
        }
        assertThat(lines)
                .anyMatch(
                        line -> line.contains("\"cluster\":\"east\",\"namespace\":\"shop\",\"workload\":\"checkout\""));
        assertThat(lines)
                .anyMatch(line ->
                        line.contains("\"cluster\":\"south\",\"namespace\":\"shop\",\"workload\":\"checkout\""));
    }

    @Test
    @Order(4)
    void aCollectorHearsOfTheCallersCalls() {
        caller.awaitsAnswerOf("west");
        Awaitility.await("a span of a call to west")
                .atMost(Duration.ofSeconds(20))
                .until(() -> collector.has("GET checkout.shop") && collector.has("tombolo.destination.cluster"));
        assertThat(caller.sidecar().counted("tombolo_trace_spans_total")).isPositive();
    }

    @Test
    @Order(4)
    void whatGoesThroughTheCallersSidecarIsSeenAsItHappens() throws Exception {
        // Given
        caller.awaitsOnlyAnswersOf("west");
        var terminal = new Terminal(Scratch.directory("tap"));
        String state = caller.sidecar().state().toAbsolutePath().toString();
        try (Load load = Load.of(caller)) {
            load.awaitMore(1);
            // When
            String tapped = terminal.tombolo("tap", "--state-dir", state, "--service", "checkout", "--count", "2")
                    .ok()
                    .output();
            JsonNode top = new ObjectMapper()
                    .readTree(terminal.tombolo("top", "--state-dir", state, "--once", "-o", "json")
                            .ok()
                            .output());
            // Then
            assertThat(tapped.lines())
                    .hasSize(2)
                    .allMatch(
                            line -> line.contains(" out frontend.shop(east) → checkout.shop:80(west) GET /load 200 "));
            assertThat(top.path(0).path("source").asText()).isEqualTo("frontend.shop");
            assertThat(top.path(0).path("destination").asText()).isEqualTo("checkout.shop:80");
            assertThat(top.path(0).path("destinationCluster").asText()).isEqualTo("west");
            assertThat(top.path(0).path("perSecond").asDouble()).isPositive();
            assertThat(top.path(0).path("success").asDouble()).isEqualTo(1);
            assertThat(top.path(0).path("p99Millis").asDouble()).isPositive();
        }
        Awaitility.await("nobody looks any more").until(() -> caller.sidecar().counted("tombolo_taps") == 0);
    }

    @Test
    @Order(5)
    void whenEverythingIsBackAWithdrawnServiceIsRefused() {
        // Given
        Backbone backbone = three.federation().backbone();
        var _ = Together.all(List.<Supplier<Object>>of(
                () -> controlled(east), () -> controlled(west), () -> controlled(south), () -> controlled(backbone)));
        caller.awaitsAnswerOf("west");
        // When
        west.operator().unexports("shop", "checkout");
        // Then
        caller.awaitsAnswerOf("south");
        // When
        south.operator().unexports("shop", "checkout");
        // Then
        assertThat(caller.awaitsStatus(503).body()).containsAnyOf("TB-2009", "TB-2024");
    }

    @AfterAll
    void end() throws Exception {
        three.endWorkloads();
        collector.close();
    }
}
