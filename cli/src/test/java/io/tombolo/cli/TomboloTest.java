package io.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TomboloTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            Tombolo.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @TempDir
    Path dir;

    @Test
    void versionIsShownOnStdout() {
        assertThat(commandLine.execute("--version")).isZero();
        assertThat(out.toString().strip()).isEqualTo(Version.line()).startsWith("tombolo ");
    }

    @Test
    void everyCommandSaysWhatItDoesAndShowsAnExample() {
        for (CommandLine command : EveryCommand.below(commandLine)) {
            String name = command.getCommandSpec().qualifiedName();
            var usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description()).as(name).isNotEmpty();
            assertThat(String.join("\n", usage.footer())).as(name).containsPattern("\nExamples?:\n  .*tombolo ");
            assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--help");
        }
    }

    @Test
    void everyCommandThatAnswersDoesSoForScriptsToo() {
        for (CommandLine command : EveryCommand.below(commandLine)) {
            String name = command.getCommandSpec().qualifiedName();
            // A program that runs, and a walk that is watched, have no answer.
            boolean answers = command.getSubcommands().isEmpty() && !name.matches(".* (run|demo|rehearse)");
            if (answers) {
                assertThat(command.getCommandSpec().optionsMap()).as(name).containsKeys("-o", "--output");
            }
        }
    }

    @Test
    void whatIsLongerThanTheControllerTakesIsRefusedWholeAndNotCutShort() throws IOException {
        System.setProperty("tombolo.contexts", context().toString());
        Path file = Files.write(dir.resolve("long.yaml"), new byte[4 * 1_024 * 1_024 + 1]);
        try {
            assertThat(commandLine.execute("apply", "-f", file.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("TB-1004", "more than 4194304 bytes");
        } finally {
            System.clearProperty("tombolo.contexts");
        }
    }

    @Test
    void aTokenInAnArgumentIsRefusedAndNotRepeated() {
        int exit = commandLine.execute("token", "inspect", "tmb1_secretsecret");
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("TB-4013").contains("--token-file").doesNotContain("secretsecret");
    }

    @Test
    void anUnknownContextNamesTheWayOut() {
        System.setProperty("tombolo.contexts", "/nonexistent/contexts.yaml");
        try {
            assertThat(commandLine.execute("services", "--context", "nowhere")).isEqualTo(2);
            assertThat(err.toString()).contains("TB-8001").contains("tombolo controller run");
        } finally {
            System.clearProperty("tombolo.contexts");
        }
    }

    @Test
    void durationsCarryTheirUnit() {
        assertThat(DurationText.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(DurationText.parse("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(commandLine.execute("token", "create", "--cluster", "west", "--ttl", "15"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not a duration");
    }

    /** A context that nobody answers at. */
    private Path context() {
        SecretFile.write(dir.resolve("token"), "secret\n".getBytes(StandardCharsets.US_ASCII));
        Path file = dir.resolve("contexts.yaml");
        String text = "current: east\ncontexts:\n- {name: east, api: 'https://127.0.0.1:1', caPin: '" + "00".repeat(32)
                + "', tokenFile: " + dir.resolve("token") + ", cluster: east}\n";
        SecretFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
        return file;
    }
}
