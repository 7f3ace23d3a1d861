package io.tombolo.cli.failover;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tombolo failover status}. */
@Command(
        name = "status",
        description = "Where traffic goes now, cluster by cluster: why, since when, and what would move it back.",
        footer = {"", "Examples:", "  tombolo failover status", "  tombolo failover status checkout.shop -o json"})
final class StatusCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "Name, or name.namespace; default: all.")
    private String service = "";

    @Override
    protected ExitCode run(ApiClient api) {
        JsonNode answer = api.get("/failover?service=" + URLEncoder.encode(service, StandardCharsets.UTF_8));
        var table = new Table("No service can be called from this cluster.")
                .column("SERVICE", "/of/service")
                .column("POLICY", "/of/policy")
                .column("CLUSTER", "/cluster")
                .column("TIER", "/tier")
                .column("SHARE", row -> Rows.percent(row.path("share")))
                .column("GOES TO", row -> Rows.percent(row.path("ideal")))
                .column("BECAUSE", "/reason")
                .column("SINCE", "/of/since")
                .column("GETS MORE", "/back");
        output.print(output.forPeople() ? Rows.of(answer, "clusters") : answer, table);
        for (JsonNode each : answer) {
            if (each.path("panic").asBoolean()) {
                output.say(
                        "%s: everything looks unhealthy, so its calls are spread.",
                        each.path("service").asText());
            }
            if (each.path("shed").asDouble() > 0) {
                output.say(
                        "%s: %s of its calls are refused, because nobody has the capacity: %s.",
                        each.path("service").asText(),
                        Rows.percent(each.path("shed")),
                        each.path("shedding").asText());
            }
        }
        return ExitCode.OK;
    }
}
