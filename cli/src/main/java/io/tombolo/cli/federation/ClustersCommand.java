package io.tombolo.cli.federation;

import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import picocli.CommandLine.Command;

/** {@code tombolo clusters}. */
@Command(
        name = "clusters",
        description = "The members of the federation, how fresh their word is, and the paths to them.",
        footer = {"", "Example:", "  tombolo clusters -o json"})
public final class ClustersCommand extends ApiCommand {
    @Override
    protected ExitCode run(ApiClient api) {
        output.print(
                api.get("/clusters"),
                new Table(
                                "This cluster has not joined a federation. See `tombolo init --help` and `tombolo join --help`.")
                        .column("CLUSTER", "/cluster")
                        .column("STATE", "/state")
                        .column("EPOCH", "/epoch")
                        .column("REGION", "/region")
                        .column("FRESHNESS", "/freshness")
                        .column("AGE_MS", "/ageMs")
                        .column("TRUST", "/trust")
                        .column("EXPORTS", "/exports")
                        .column(
                                "GATEWAYS",
                                row -> String.valueOf(row.path("gateways").size())));
        return ExitCode.OK;
    }
}
