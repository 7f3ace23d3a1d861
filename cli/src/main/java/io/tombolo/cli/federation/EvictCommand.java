package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo evict}. */
@Command(
        name = "evict",
        description = "Put a cluster out of the federation, dead or alive. Only an authority can.",
        footer = {"", "Example:", "  tombolo evict west --reason 'lost laptop'"})
public final class EvictCommand extends ApiCommand {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster to put out.")
    private String cluster = "";

    @Option(names = "--reason", defaultValue = "", description = "Kept in the audit log.")
    private String reason = "";

    @Option(names = "--backbone-moved", description = "The backbone does not run in that cluster any more.")
    private boolean backboneMoved;

    @Override
    protected ExitCode run(ApiClient api) {
        var body = ApiClient.body().put("reason", reason).put("backboneMoved", backboneMoved);
        JsonNode answer = api.post("/clusters/" + cluster + "/evict", body);
        output.print(answer, table());
        ByHand.show(answer, output, "Let Kafka's administrator run these commands; until then it can still read:");
        return ExitCode.OK;
    }

    /** What became of a member. */
    static Table table() {
        return new Table("")
                .column("CLUSTER", "/cluster")
                .column("STATE", "/state")
                .column("VERSION", "/version")
                .column("BACKBONE", "/backbone");
    }
}
