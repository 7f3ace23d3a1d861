package io.tombolo.it.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Load;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.ThreeClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code tombolo failover drill} with a service that east and west share, and a caller in east. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverDrillIT {
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^tombolo failover drill .*$");
    private static final String POLICY = """
            {"apiVersion": "tombolo.io/v1", "kind": "FailoverPolicy",
             "metadata": {"namespace": "shop", "name": "rehearsed"},
             "spec": {"targetRef": {"name": "rehearsed"}, "hold": "1s", "failback": {"ramp": "1s"},
                      "tiers": [{"clusters": {"only": ["east", "west"]}, "weights": {"east": 1, "west": 1}}]}}""";

    private ThreeClusters three;
    private ApiClient east;
    private Caller caller;
    private Load load;
    private Terminal terminal;

    @BeforeAll
    void twoClustersShareAService(ThreeClusters three, @TempDir Path home) throws IOException {
        this.three = three;
        var both = List.of(three.east(), three.west());
        var _ = Together.all(List.of(
                () -> three.east().startsService("shop", "rehearsed", "r"),
                () -> three.west().startsService("shop", "rehearsed", "r")));
        both.forEach(cluster -> cluster.operator().exports("shop", "rehearsed"));
        east = three.east().operator().api();
        east.post("/resources", json(POLICY));
        caller = three.east().startsCaller("shop", "rehearser", "rehearsed.shop:80", Map.of());
        three.east().operator().awaitsReady("shop", "rehearsed", "west", 1);
        caller.awaitsAnswerOf("west r");
        load = Load.of(caller);
        awaits("west to have its half", () -> Math.abs(westShare() - 0.5) < 0.01);
        terminal = new Terminal(home)
                .with("TOMBOLO_CONTEXTS", three.east().operator().contexts().toString())
                .with("TOMBOLO_CONTEXT", "east");
        Path sidecars = Files.createDirectories(home.resolve(".local/state/tombolo/sidecars"));
        Files.createSymbolicLink(sidecars.resolve("rehearser"), caller.sidecar().state());
    }

    @AfterEach
    void westIsBack() {
        awaits("west to have its half again", () -> Math.abs(westShare() - 0.5) < 0.01);
    }

    @AfterAll
    void end() throws Exception {
        load.close();
        east.delete("/resources/FailoverPolicy/shop/rehearsed");
        for (Cluster cluster : List.of(three.east(), three.west())) {
            cluster.operator().unexports("shop", "rehearsed");
        }
        three.endWorkloads();
    }

    @Test
    void theDocumentedDrillTellsInSecondsWhatHappenedAndNoCallFails() throws IOException {
        // Given
        String documented = documented("--down west --for 30s").replace("30s", "3s");
        // When
        var did = terminal.sh(documented + " -o json").ok();
        // Then
        JsonNode report = json(did.output());
        assertThat(report.path("outage").asText()).isEqualTo("order");
        assertThat(report.path("stopped").asBoolean()).isFalse();
        assertThat(report.path("failed").asInt()).isZero();
        assertThat(report.path("calls").asInt()).isGreaterThan(100);
        // How fast each step is depends on the machine; that all come while the outage lasts does not.
        double ends = seconds(report, "outage ends");
        assertThat(ends).isGreaterThanOrEqualTo(3.0);
        assertThat(List.of("detection", "decision", "propagation"))
                .allSatisfy(step -> assertThat(seconds(report, step)).isLessThan(ends));
        assertThat(row(report, "last failed request").path("seconds").isNull()).isTrue();
        // Then it came back as after a death: after the hold, along the ramp
        assertThat(seconds(report, "return begins")).isGreaterThan(seconds(report, "outage ends") + 0.7);
        assertThat(seconds(report, "return")).isGreaterThan(seconds(report, "return begins"));
        assertThat(east.get("/failover/history?service=rehearsed.shop").toString())
                .contains("down, by a drill");
        assertThat(east.get("/drills")).isEmpty();
    }

    @Deep
    @Test
    void aDrillThatWouldHurtDoesNotBeginAndIfItIsForcedTheGuardEndsIt() {
        onlyWestIsLeft(() -> {
            // When
            var refused = terminal.tombolo("failover", "drill", "--down", "west", "--for", "3s");
            // Then
            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.errors()).contains("TB-2090", "shop/rehearsed without an answer", "--force");
            assertThat(east.get("/drills")).isEmpty();
            // When
            var forced = terminal.tombolo(
                    "failover", "drill", "--down", "west", "--for", "60s", "--force", "--service", "rehearsed.shop");
            // Then
            assertThat(forced.exitCode()).as(forced.output() + forced.errors()).isEqualTo(1);
            assertThat(forced.output())
                    .contains("! Ended by the guard: ")
                    .containsPattern("outage ends +[0-9]\\.[0-9] ")
                    .containsPattern("last failed request +[0-9]");
            assertThat(east.get("/drills")).isEmpty();
        });
    }

    @Deep
    @Test
    void whoeverEndsTheCommandEndsTheDrill() {
        // Given
        try (RunningProgram command = terminal.start("ended", "exec " + of("60s"))) {
            awaits("the drill to be in force", () -> !east.get("/drills").isEmpty());
            // When
            command.asksToEnd();
            command.awaitEnd();
        }
        // Then
        assertThat(east.get("/drills")).isEmpty();
    }

    @Deep
    @Test
    void aDrillWhoseCommandIsKilledEndsByItself() throws IOException {
        // Given
        try (RunningProgram command = terminal.start("drill", "exec " + of("4s"))) {
            awaits(
                    "west to count as dead",
                    () -> side("west").path("standing").asText().equals("DRILLED"));
            assertThat(side("west").path("back").asText()).contains("--undo");
            // When
            command.kill();
        }
        assertThat(east.get("/drills").get(0).path("cluster").asText()).isEqualTo("west");
        // Then
        awaits("the drill to be over", () -> east.get("/drills").isEmpty());
        terminal.sh(documented("--undo")).ok();
    }

    private void onlyWestIsLeft(Runnable then) {
        east.post("/evacuations", ApiClient.body().put("cluster", "east").put("overMillis", 0));
        try {
            awaits("east to have nothing", () -> westShare() > 0.99);
            then.run();
        } finally {
            east.delete("/evacuations/east");
        }
    }

    /** It calls by itself. */
    private String of(String time) {
        return "tombolo failover drill --down west --for " + time + " --url " + caller.uri("/");
    }

    private static String documented(String how) throws IOException {
        String document = Files.readString(Terminal.checkout().resolve("docs/failover.md"));
        return DOCUMENTED
                .matcher(document)
                .results()
                .map(match -> match.group())
                .filter(line -> line.endsWith(how))
                .findFirst()
                .orElseThrow();
    }

    private static double seconds(JsonNode report, String what) {
        JsonNode row = row(report, what);
        assertThat(row.path("seconds").isNumber()).as(report.toPrettyString()).isTrue();
        return row.path("seconds").asDouble();
    }

    private static JsonNode row(JsonNode report, String what) {
        return report.path("timeline")
                .valueStream()
                .filter(row -> row.path("what").asText().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private double westShare() {
        return side("west").path("share").asDouble();
    }

    private JsonNode side(String cluster) {
        return east.get("/failover?service=rehearsed.shop")
                .get(0)
                .path("clusters")
                .valueStream()
                .filter(each -> each.path("cluster").asText().equals(cluster))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException bad) {
            throw new IllegalArgumentException(text, bad);
        }
    }

    private static void awaits(String what, Callable<Boolean> there) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(there);
    }
}
