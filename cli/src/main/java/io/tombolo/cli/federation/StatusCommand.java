package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import picocli.CommandLine.Command;

/** {@code tombolo status}. */
@Command(
        name = "status",
        description = "How this cluster stands: membership, backbone, proxies, and what needs attention.",
        footer = {"", "Example:", "  tombolo status --context west"})
public final class StatusCommand extends ApiCommand {
    @Override
    protected ExitCode run(ApiClient api) {
        JsonNode status = api.get("/status");
        output.print(
                status,
                new Table("")
                        .column("CLUSTER", "/cluster")
                        .column("STATE", "/state")
                        .column("FEDERATION", "/federation")
                        .column("EPOCH", "/epoch")
                        .column("BACKBONE", "/backbone/state")
                        .column("PENDING", "/backbone/pending")
                        .column("MEMBERS", "/membersVersion")
                        .column(
                                "PROXIES",
                                row -> row.at("/proxies/current").asText("-") + "/"
                                        + row.at("/proxies/total").asText("-")));
        status.path("warnings").forEach(warning -> output.say("! %s", warning.asText()));
        return ExitCode.OK;
    }
}
