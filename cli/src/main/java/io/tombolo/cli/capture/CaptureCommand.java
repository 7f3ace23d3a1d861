package io.tombolo.cli.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.cli.running.AdminPage;
import io.tombolo.cli.running.RunningSidecar;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo sidecar capture …}. */
@Command(
        name = "capture",
        description = "How a program's calls get into its sidecar.",
        subcommands = {CaptureCommand.Show.class, InstallCommand.class, RemoveCommand.class},
        footer = {"", "Example:", "  tombolo sidecar capture show"})
public final class CaptureCommand {
    /** {@code show}. */
    @Command(
            name = "show",
            description = {
                "Say which way of capturing calls is live in a running sidecar, and why not the next one.",
                "As root it also says whether the kernel's rules lead to this sidecar.",
                "Without --state-dir: the one that `tombolo sidecar run` of this user runs without one, if it is the only one."
            },
            footer = {"", "Example:", "  tombolo sidecar capture show --state-dir ~/.local/state/tombolo/frontend"})
    static final class Show implements Runnable {
        @Option(
                names = "--state-dir",
                paramLabel = "DIR",
                defaultValue = "",
                description = "The sidecar's state directory.")
        private Path stateDir = Path.of("");

        @Mixin
        private Output output = new Output();

        @Override
        public void run() {
            JsonNode answer = asked(RunningSidecar.in(stateDir));
            Nft.ifPossible().ifPresent(nft -> InForce.add(answer, nft));
            if (!output.forPeople()) {
                output.print(answer, new Table(""));
                return;
            }
            output.print(
                    answer.path("rungs"),
                    new Table("This sidecar captures nothing.")
                            .column("RUNG", "/rung")
                            .column("NAME", "/name")
                            .column("LIVE", row -> row.path("live").asBoolean() ? "yes" : "no")
                            .column("WHERE", "/addresses")
                            .column("RULES", "/rules")
                            .column("WHY NOT", "/why"));
        }

        private static JsonNode asked(RunningSidecar sidecar) {
            try (AdminPage page = AdminPage.of(sidecar)) {
                return page.get("/capture");
            }
        }
    }
}
