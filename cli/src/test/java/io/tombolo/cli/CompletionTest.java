package io.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tombolo generate-completion} prints, in the shells that docs/cli.md names. */
class CompletionTest {
    @TempDir
    Path dir;

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        Assumptions.assumeTrue(isInstalled("bash"), "no bash on this machine");
        // compopt works while the shell itself completes only.
        String ask =
                "compopt() { :; }; source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_tombolo; printf '%%s\\n' \"${COMPREPLY[@]}\"";
        assertThat(run("bash", "-c", ask.formatted(script(), "tombolo tok", 1))).containsExactly("token");
        assertThat(run("bash", "-c", ask.formatted(script(), "tombolo gateway token create --t", 4)))
                .containsExactly("--ttl");
        assertThat(run("bash", "-c", "source '" + script() + "'; complete -p tombolo"))
                .anyMatch(line -> line.contains("_complete_tombolo"));
    }

    @Test
    void zshTakesItAsWell() throws Exception {
        Assumptions.assumeTrue(isInstalled("zsh"), "no zsh on this machine");
        assertThat(run("zsh", "-f", "-c", "source '" + script() + "'; print -r -- ${_comps[tombolo]}"))
                .anyMatch(line -> line.contains("_complete_tombolo"));
    }

    private Path script() throws IOException {
        var out = new StringWriter();
        assertThat(Tombolo.commandLine().setOut(new PrintWriter(out)).execute("generate-completion"))
                .isZero();
        return Files.writeString(dir.resolve("completion"), out.toString());
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(dir, "out", "");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("HOME", dir.toString());
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " did not end");
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s", lines).isZero();
        return lines;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
