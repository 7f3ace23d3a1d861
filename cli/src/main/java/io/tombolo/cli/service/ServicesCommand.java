package io.tombolo.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import java.util.ArrayList;
import picocli.CommandLine.Command;

/** {@code tombolo services}. */
@Command(
        name = "services",
        description = "The services that workloads of this cluster can call, and where they run.",
        footer = {"", "Example:", "  tombolo services"})
public final class ServicesCommand extends ApiCommand {
    @Override
    protected ExitCode run(ApiClient api) {
        output.print(
                api.get("/services"),
                new Table("No service yet. Run one with `tombolo sidecar run --service NAME --port PORT -- program`.")
                        .column("NAMESPACE", "/namespace")
                        .column("NAME", "/name")
                        .column("PORTS", ServicesCommand::ports)
                        .column("READY", ServicesCommand::ready)
                        .column(
                                "ADDRESS",
                                row -> row.path("name").asText() + "."
                                        + row.path("namespace").asText() + ".svc.clusterset.local"));
        return ExitCode.OK;
    }

    private static String ports(JsonNode row) {
        var parts = new ArrayList<String>();
        row.path("ports")
                .forEach(port -> parts.add(port.path("port").asText() + "/"
                        + port.path("appProtocol").asText("tcp")));
        return String.join(",", parts);
    }

    /** {@code east 1/1, west ?}: unknown is never shown as zero. */
    private static String ready(JsonNode row) {
        var parts = new ArrayList<String>();
        for (JsonNode cluster : row.path("clusters")) {
            String count = cluster.hasNonNull("ready")
                    ? cluster.path("ready").asText() + "/"
                            + cluster.path("total").asText()
                    : "?";
            String freshness = cluster.path("freshness").asText("FRESH");
            String aged = freshness.equals("FRESH") || freshness.isEmpty() ? "" : " " + freshness;
            parts.add(cluster.path("cluster").asText() + " " + count + aged);
        }
        return parts.isEmpty() ? "-" : String.join(", ", parts);
    }
}
