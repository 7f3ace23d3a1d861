package io.tombolo.cli.failover;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo evacuate}. */
@Command(
        name = "evacuate",
        description =
                "Take traffic away from a cluster, dead or alive. An authority's order is every member's; another's only its own.",
        footer = {
            "",
            "Examples:",
            "  tombolo evacuate west --percent 50 --over 60s",
            "  tombolo evacuate west --undo",
            "  tombolo evacuate --list"
        })
public final class EvacuateCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "The cluster that traffic leaves.")
    private String cluster = "";

    @Option(
            names = "--percent",
            defaultValue = "100",
            description = "How much of what it would get (default: ${DEFAULT-VALUE}).")
    private int percent;

    @Option(names = "--over", defaultValue = "60s", description = "How long that takes (default: ${DEFAULT-VALUE}).")
    private Duration over = Duration.ZERO;

    @Option(names = "--undo", description = "Take the order back.")
    private boolean undo;

    @Option(names = "--list", description = "Show the orders that are in force.")
    private boolean list;

    @Override
    protected ExitCode run(ApiClient api) {
        if (list == !cluster.isEmpty()) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE,
                    "tombolo evacuate",
                    "names no cluster, or one with --list",
                    "name one, or write --list");
        }
        if (list) {
            output.print(api.get("/evacuations"), orders("No cluster is being evacuated."));
        } else if (undo) {
            output.print(api.delete("/evacuations/" + cluster), new Table("").column("UNDONE", "/cluster"));
        } else {
            give(api);
        }
        return ExitCode.OK;
    }

    private void give(ApiClient api) {
        JsonNode answer = api.post(
                "/evacuations",
                ApiClient.body().put("cluster", cluster).put("percent", percent).put("overMillis", over.toMillis()));
        output.print(output.forPeople() ? answer.path("order") : answer, orders(""));
        if (answer.path("scope").asText().equals("cluster")) {
            output.say("This cluster is no authority: only its own calls leave %s.", cluster);
        }
        if (answer.path("published").asText().equals("pending")) {
            output.say("It is in force here. Kafka does not have it yet: the others hear of it when it does.");
        }
        for (JsonNode service : answer.path("nothing")) {
            output.say("! %s: nobody will be left to answer.", service.asText());
        }
    }

    private static Table orders(String none) {
        return new Table(none)
                .column("CLUSTER", "/cluster")
                .column("PERCENT", "/percent")
                .column("NOW", "/nowPercent")
                .column("SINCE", "/since")
                .column("HERE", "/here");
    }
}
