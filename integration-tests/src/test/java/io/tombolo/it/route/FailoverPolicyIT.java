package io.tombolo.it.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.ThreeClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Failover policies, capacity and labels as an operator writes and sees them; no workload is touched. */
@ExtendWith(ThreeClusters.Shared.class)
class FailoverPolicyIT {
    private static final Path EXAMPLES = Path.of(System.getProperty("tombolo.home", ".."), "examples/failover");

    private Operator east;

    @BeforeEach
    void ofEast(ThreeClusters three) {
        east = three.east().operator();
    }

    @AfterEach
    void leaveItWhole() {
        for (String kind : List.of("FailoverPolicy", "ServiceExport")) {
            for (JsonNode left : east.api().get("/resources/" + kind + "?namespace=plans")) {
                east.api()
                        .delete("/resources/" + kind + "/plans/"
                                + left.at("/metadata/name").asText());
            }
        }
    }

    private List<String> conditions(String kind) {
        JsonNode all = east.api().get("/resources/" + kind + "/plans/p").at("/status/conditions");
        return StreamSupport.stream(all.spliterator(), false)
                .map(c -> c.path("type").asText() + "=" + c.path("status").asText() + " "
                        + c.path("reason").asText())
                .toList();
    }

    private void apply(String kind, String spec) {
        east.api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: " + kind + "\nmetadata: {name: p, namespace: plans}\nspec: {"
                                + spec + "}\n");
    }

    @Test
    void theExamplesWouldBeTaken() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.toList()) {
                JsonNode answer = east.api().postYaml("/resources?dryRun=true", Files.readString(file));
                assertThat(answer.at("/0/result").asText()).as(file.toString()).isEqualTo("created");
            }
        }
    }

    @Test
    void aPolicySaysWhatMayBeAMistakeInIt() {
        // When
        apply("FailoverPolicy", "tiers: [{sameRegion: true}, {clusters: {only: [west, wets]}}], hold: 0s");
        // Then
        assertThat(conditions("FailoverPolicy"))
                .containsExactly(
                        "Accepted=True Accepted", "ResolvedRefs=False UnknownCluster", "TargetsLeft=True TargetsLeft");
    }

    @Test
    void anExportSaysWhatItsGrantsComeTo() {
        // When
        apply(
                "ServiceExport",
                "ports: [{port: 80}], capacity: {perInstance: 200, grants: [{cluster: west, percent: 80},"
                        + " {cluster: south, percent: 70}]}");
        // Then
        assertThat(conditions("ServiceExport")).containsExactly("CapacityGranted=False GrantsExceedCapacity");
    }

    @Test
    void everyClusterSeesWhatAnotherSaysOfItself() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(east.sees("west").at("/labels/home").asText())
                                .isEqualTo("west"));
    }

    @Test
    void aControllerDoesNotStartWithALabelThatIsNoneOrAKeyThatItDoesNotKnow(@TempDir Path state) {
        // Given
        Settings settings = new Settings("controller.")
                .put("state-dir", state)
                .put("cluster", "odd")
                .put("auto-ports", true)
                .put("labels.cost", "very low")
                .put("labels.\"example.com/ok\"", "yes");
        Settings unknown = new Settings("controller.")
                .put("state-dir", state)
                .put("cluster", "odd")
                .put("label.cost", "low");
        // When
        try (var bad = RunningProgram.start("bad-label", Program.CONTROLLER, settings);
                var strange = RunningProgram.start("unknown-key", Program.CONTROLLER, unknown)) {
            // Then
            assertThat(bad.awaitEnd()).isNotZero();
            assertThat(String.join("\n", bad.lines()))
                    .contains("1 problem ", "controller.labels.cost = very low (from ")
                    .contains("letter or digit");
            assertThat(strange.awaitEnd()).isNotZero();
            assertThat(String.join("\n", strange.lines())).contains("controller.label.cost");
        }
    }
}
