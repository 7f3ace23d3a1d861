package io.tombolo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every script in the checkout. */
class ScriptsTest {
    @TempDir
    Path scratch;

    @Test
    void everyScriptParses() throws Exception {
        var shell = new Shell(scratch);
        for (Path script : scripts()) {
            var outcome = shell.run(interpreter(script), "-n", script.toString());
            assertThat(outcome.errors()).as("%s", script).isEmpty();
            assertThat(outcome.exitCode()).as("%s", script).isZero();
        }
    }

    @Test
    void everyScriptThatIsCalledIsExecutable() throws Exception {
        for (String called : List.of("mvnw", "tombolo", ".ci/run")) {
            assertThat(Shell.HOME.resolve(called)).isExecutable();
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> sourced = Files.list(Shell.HOME.resolve("bin"))) {
            return Stream.concat(
                            sourced, Stream.of("mvnw", "tombolo", ".ci/run").map(Shell.HOME::resolve))
                    .toList();
        }
    }

    private static String interpreter(Path script) throws IOException {
        try (Stream<String> lines = Files.lines(script)) {
            return lines.findFirst().orElse("").endsWith("bash") ? "/bin/bash" : "/bin/sh";
        }
    }
}
