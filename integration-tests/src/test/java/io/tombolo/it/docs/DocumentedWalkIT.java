package io.tombolo.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.demo.CheckoutApp;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What docs/install.md and the README show, typed as it stands, by a reader with a machine for each cluster. */
@Deep
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // the backbone is started by the first step
class DocumentedWalkIT {
    private static final Map<String, String> ADDRESSES = Map.of("east", "127.0.1.1", "west", "127.0.2.1");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```");
    private static final Pattern TRY = Pattern.compile("(?m)^[0-9]\\. `(tombolo [^`]+)`(?:, then `(tombolo [^`]+)`)?");

    private Path dir;
    private Machine east;
    private Machine west;
    private RunningProgram backbone;
    private List<List<String>> walk;

    @BeforeAll
    void read() throws IOException {
        Terminal.assumeInstalled("bash", "curl", "python3");
        dir = Scratch.directory("docs");
        east = new Machine("east", dir, ADDRESSES);
        west = new Machine("west", dir, ADDRESSES);
        walk = blocks("docs/install.md").subList(0, 6);
    }

    @AfterAll
    void end() {
        if (walk != null) {
            east.close();
            west.close();
        }
    }

    @Test
    @Order(1)
    void theFirstClusterFoundsAFederation() {
        List<String> lines = walk.get(0);
        backbone = east.starts(lines.get(0));
        east.starts(lines.get(1));
        east.runs(lines.get(2)).ok();
        assertThat(east.terminal().home().resolve("demo-recovery.key")).exists();
        List<String> more = walk.get(1);
        east.runs(more.get(0)).ok();
        east.starts(more.get(1));
        east.runs(more.get(2)).ok();
        assertThat(lines).hasSize(3);
        assertThat(more).hasSize(3);
    }

    @Test
    @Order(2)
    void theSecondOneJoinsWithTheTokenThatIsCarriedToIt() throws IOException {
        Files.move(
                east.terminal().home().resolve("west.token"),
                west.terminal().home().resolve("west.token"));
        List<String> lines = walk.get(2);
        west.starts(lines.get(0));
        Terminal.Outcome join = west.runs(lines.get(1));
        assertThat(join.exitCode()).as(join.output() + join.errors()).isEqualTo(3);
        west.runs(lines.get(2)).ok();
        west.starts(lines.get(3));
        assertThat(lines).hasSize(4);
    }

    @Test
    @Order(3)
    void aServiceOfWestIsCalledFromEastWithoutRoot() throws IOException {
        int port = FreePorts.one();
        app(west, "checkout", "${2##*:}");
        List<String> lines = walk.get(3);
        west.begins(lines.get(0).replace("8080", Integer.toString(port)));
        west.runs(lines.get(1)).ok();
        String call = walk.get(4).getFirst();
        var answer = east.runsUntil(call, outcome -> outcome.output().startsWith("west checkout-1"));
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    @Order(4)
    void aWorkloadWithoutAContextUsesAToken() throws IOException {
        script(east, "frontend", "while :; do curl -s http://checkout.shop.svc.clusterset.local; sleep 1; done");
        List<String> lines = walk.get(5);
        east.runs(lines.get(0)).ok();
        east.begins(lines.get(1)).awaitLine(line -> line.startsWith("west checkout-1"));
    }

    @Test
    @Order(5)
    void theFirstThreeThingsToTryWork() throws IOException {
        List<List<String>> tries = tries();
        // 1
        var explained = east.runsUntil(
                tries.get(0).getFirst(), outcome -> outcome.output().contains("west"));
        assertThat(explained.exitCode()).isZero();
        // 2
        var called = east.runs(tries.get(1).getFirst());
        assertThat(called.output()).startsWith("west checkout-1");
        // 3
        west.begins(tries.get(2).getFirst().replace("8000", Integer.toString(FreePorts.one())));
        west.runsUntil("tombolo services", outcome -> outcome.output().contains("files"));
    }

    @Test
    @Order(6)
    void withTheBackboneKilledEverythingOfOneClusterStartsAgainAndServes() {
        // Given
        backbone.kill();
        east.killsEverything();
        // When
        east.starts(walk.get(0).get(1));
        east.starts(walk.get(1).get(1));
        // Then
        var answer = east.runsUntil(
                walk.get(4).getFirst(), outcome -> outcome.output().startsWith("west checkout-1"));
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    @Order(7)
    void anUnexportedServiceIsGoneInTheOtherCluster() throws IOException {
        List<String> both = tries().get(3);
        backbone = east.starts(walk.get(0).getFirst());
        west.runs(both.getFirst()).ok();
        east.runsUntil(
                both.get(1),
                outcome -> outcome.exitCode() == 0 && !outcome.output().contains("west"));
    }

    private static List<List<String>> blocks(String document) throws IOException {
        return BLOCK.matcher(Files.readString(Terminal.checkout().resolve(document)))
                .results()
                .map(block -> block.group(1).lines().toList())
                .toList();
    }

    private static List<List<String>> tries() throws IOException {
        String readme = Files.readString(Terminal.checkout().resolve("README.md"));
        return TRY.matcher(readme)
                .results()
                .map(match ->
                        match.group(2) == null ? List.of(match.group(1)) : List.of(match.group(1), match.group(2)))
                .toList();
    }

    /** A program of the name that the document gives it; {@code port} is sh for where it listens. */
    private static void app(Machine machine, String name, String port) throws IOException {
        Path jars = Terminal.checkout().resolve("cli/target/app/lib");
        script(
                machine,
                name,
                "exec '%s' -XX:TieredStopAtLevel=1 -Xmx48m -cp '%s/*' %s \"%s\" west checkout-1"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                jars,
                                CheckoutApp.class.getName(),
                                port));
    }

    private static void script(Machine machine, String name, String text) throws IOException {
        Path file = machine.terminal().home().resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
