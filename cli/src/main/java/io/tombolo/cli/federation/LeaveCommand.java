package io.tombolo.cli.federation;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo leave}. */
@Command(
        name = "leave",
        description = "Leave the federation. Local traffic goes on; a new token is needed to come back.",
        footer = {"", "Example:", "  tombolo leave --context west", "  tombolo leave --cluster west --context east"})
public final class LeaveCommand extends ApiCommand {
    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "On an authority: another cluster, which cannot leave by itself any more.")
    private String cluster = "";

    @Override
    protected ExitCode run(ApiClient api) {
        if (!cluster.isEmpty()) {
            output.print(api.post("/clusters/" + cluster + "/leave", ApiClient.body()), EvictCommand.table());
            return ExitCode.OK;
        }
        return new Job(api, output, Duration.ofMinutes(1)).follow(api.post("/federation/leave", ApiClient.body()));
    }
}
