package io.tombolo.cli.federation;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code tombolo keys}. */
@Command(
        name = "keys",
        description = "The keys that sign what clusters say to each other.",
        subcommands = {KeysCommand.ListCommand.class, KeysCommand.RotateCommand.class},
        footer = {"", "Example:", "  tombolo keys list"})
public final class KeysCommand {
    /** {@code tombolo keys list}. */
    @Command(
            name = "list",
            description = "The keys of each member, and which of them signs.",
            footer = {"", "Example:", "  tombolo keys list"})
    public static final class ListCommand extends ApiCommand {
        @Override
        protected ExitCode run(ApiClient api) {
            output.print(
                    api.get("/keys"),
                    new Table("This cluster is in no federation, and signs nothing.")
                            .column("CLUSTER", "/cluster")
                            .column("EPOCH", "/epoch")
                            .column("KEY", "/id")
                            .column("USE", "/use"));
            return ExitCode.OK;
        }
    }

    /** {@code tombolo keys rotate}. */
    @Command(
            name = "rotate",
            description = {
                "Sign with a new key from now on. Exports, calls and the membership go on.",
                "What was interrupted is gone on with, by itself or by this command."
            },
            footer = {"", "Example:", "  tombolo keys rotate --context west"})
    public static final class RotateCommand extends ApiCommand {
        private static final Duration PATIENCE = Duration.ofMinutes(2);

        @Override
        protected ExitCode run(ApiClient api) {
            return new Job(api, output, PATIENCE).follow(api.post("/keys/rotate", ApiClient.body()));
        }
    }
}
