package io.tombolo.cli.federation;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code tombolo leave}. */
@Command(
        name = "leave",
        description = "Leave the federation. Local traffic goes on; a new token is needed to come back.",
        footer = {"", "Example:", "  tombolo leave --context west"})
public final class LeaveCommand extends ApiCommand {
    @Override
    protected ExitCode run(ApiClient api) {
        return new Job(api, output, Duration.ofMinutes(1)).follow(api.post("/federation/leave", ApiClient.body()));
    }
}
