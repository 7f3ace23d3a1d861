package io.tombolo.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.ThreeClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code tombolo demo} says at its end to try: a drill in which processes really die. */
@Deep
@Isolated
@ExtendWith(ThreeClusters.Ended.class)
class DrillInDemoIT {
    @TempDir
    Path dir;

    @Test
    void aClusterOfTheDemoReallyDiesAndComesBackAndTheTimelineSaysWhen() throws IOException {
        // Given
        var terminal = new Terminal(dir.resolve("home"));
        Path state = terminal.home().resolve(".local/state/tombolo/demo");
        terminal.with("TOMBOLO_CONTEXTS", state.resolve("contexts.yaml").toString());
        try (RunningProgram demo = terminal.start("demo", "exec tombolo demo")) {
            Awaitility.await("the walk to be over")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> Files.isDirectory(state.resolve("outages")));
            terminal.sh("tombolo apply -f " + Terminal.checkout()
                            + "/examples/failover/active-active.yaml --context east")
                    .ok();
            awaitHalf(terminal);
            // When
            var did = terminal.sh("tombolo failover drill --down west --for 30s --demo --context east -o json");
            // Then
            assertThat(did.exitCode()).as(did.output() + did.errors()).isZero();
            JsonNode report = new ObjectMapper().readTree(did.output());
            assertThat(report.path("outage").asText()).isEqualTo("demo");
            assertThat(seconds(report, "detection")).isBetween(0.0, 5.0);
            assertThat(seconds(report, "decision")).isBetween(0.0, 5.0);
            assertThat(seconds(report, "propagation")).isBetween(0.0, 5.0);
            assertThat(seconds(report, "outage ends")).isBetween(30.0, 32.0);
            assertThat(seconds(report, "return")).isGreaterThan(seconds(report, "return begins"));
            assertThat(report.path("failed").asInt()).as(did.output()).isLessThanOrEqualTo(2);
            demo.awaitLine(line -> line.contains("west is back"));
        }
    }

    /** About: one of west's two instances died in the walk, and the example lets a tier in doubt give something away. */
    private static void awaitHalf(Terminal terminal) {
        Awaitility.await("west to have its half")
                .atMost(Duration.ofSeconds(60))
                .until(() -> new ObjectMapper()
                                        .readTree(terminal.sh(
                                                        "tombolo failover status checkout.shop --context east -o json")
                                                .ok()
                                                .output())
                                        .findParents("cluster")
                                        .stream()
                                        .filter(side ->
                                                side.path("cluster").asText().equals("west"))
                                        .mapToDouble(side -> side.path("share").asDouble())
                                        .max()
                                        .orElse(0)
                        > 0.4);
    }

    private static double seconds(JsonNode report, String what) {
        JsonNode row = report.path("timeline")
                .valueStream()
                .filter(each -> each.path("what").asText().equals(what))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("seconds").isNumber()).as(report.toPrettyString()).isTrue();
        return row.path("seconds").asDouble();
    }
}
