package io.tombolo.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import java.util.ArrayList;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code tombolo services}. */
@Command(
        name = "services",
        description = "The services that workloads of this cluster can call, and where they run.",
        footer = {
            "",
            "GRANTED is how many requests a second this cluster may plan with, of what each cluster says that it takes.",
            "",
            "Example:",
            "  tombolo services"
        })
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
                        .column("GRANTED", ServicesCommand::granted)
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

    /** {@code east 200/200, west 60/200, south unknown}: requests per second that this cluster may plan with, of all; never 0 for unknown. */
    private static String granted(JsonNode row) {
        boolean anySays =
                row.path("clusters").valueStream().anyMatch(cluster -> cluster.hasNonNull("grantedPerSecond"));
        return anySays
                ? row.path("clusters")
                        .valueStream()
                        .map(ServicesCommand::grantedBy)
                        .collect(Collectors.joining(", "))
                : "unknown";
    }

    private static String grantedBy(JsonNode cluster) {
        String said = cluster.hasNonNull("grantedPerSecond")
                ? cluster.path("grantedPerSecond").asText() + "/"
                        + cluster.path("capacityPerSecond").asText()
                : "unknown";
        return cluster.path("cluster").asText() + " " + said;
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
