package io.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TomboloTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            Tombolo.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void versionIsShownOnStdout() {
        assertThat(commandLine.execute("--version")).isZero();
        assertThat(out.toString().strip()).isEqualTo(Version.line()).startsWith("tombolo ");
    }

    @Test
    void everyCommandSaysWhatItDoesAndShowsAnExample() {
        for (CommandLine command : all(commandLine)) {
            String name = command.getCommandSpec().qualifiedName();
            var usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description()).as(name).isNotEmpty();
            assertThat(String.join("\n", usage.footer())).as(name).contains("tombolo");
            assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--help");
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

    private static List<CommandLine> all(CommandLine command) {
        var found = new ArrayList<CommandLine>();
        for (CommandLine sub : command.getSubcommands().values()) {
            if (!sub.getCommandName().equals("help") && !sub.getCommandName().equals("generate-completion")) {
                found.add(sub);
                found.addAll(all(sub));
            }
        }
        return found;
    }
}
