package io.tombolo.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.it.actors.Beside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM ignores an AOT cache that does not fit without a word: only the classes' origins tell. */
@Beside
class LearnedStartIT {
    @TempDir
    Path scratch;

    @BeforeAll
    static void rehearsed() {
        Path installation = Path.of(System.getProperty("tombolo.installation", ".."));
        assumeTrue(
                Files.exists(installation.resolve("rehearsed")),
                "skipped: no rehearsal was made; a build without -Dquick makes one");
        System.setProperty(
                "tombolo.java", ProcessHandle.current().info().command().orElse("java"));
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void aProgramTakesItsClassesFromWhatItsRehearsalLeft(Program program) throws Exception {
        // Given: a start that ends early, at a key that nobody knows
        Path loaded = scratch.resolve("classes.log");
        var line = new ArrayList<>(
                ExecPlan.of(program, new Settings("nonsense.").put("key", "1").put("state-dir", scratch), List.of())
                        .arguments());
        line.add(line.indexOf("-Xlog:disable") + 1, "-Xlog:class+load:file=" + loaded);
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("out.log").toFile());
        // When
        Process running = process.start();
        try {
            // A program that starts all the same is ended: what it loaded by then is enough.
            running.waitFor(5, TimeUnit.SECONDS);
        } finally {
            running.destroyForcibly().waitFor();
        }
        // Then
        List<String> classes = Files.readAllLines(loaded);
        long learned = classes.stream()
                .filter(c -> c.contains("source: shared objects file"))
                .count();
        long fromJars =
                classes.stream().filter(c -> c.contains("source: file:")).count();
        assertThat(learned).isGreaterThan(1_000);
        assertThat(fromJars).as("of %d classes", classes.size()).isLessThan(learned / 5);
    }
}
