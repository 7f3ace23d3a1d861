package io.tombolo.cli.failover;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tombolo failover history}. */
@Command(
        name = "history",
        description = "When traffic turned from where to where, and why; newest first.",
        footer = {"", "Example:", "  tombolo failover history checkout.shop"})
final class HistoryCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "Name, or name.namespace; default: all.")
    private String service = "";

    @Override
    protected ExitCode run(ApiClient api) {
        output.print(
                api.get("/failover/history?service=" + URLEncoder.encode(service, StandardCharsets.UTF_8)),
                new Table("Nothing has turned yet, as far as this controller remembers.")
                        .column("AT", "/at")
                        .column("SERVICE", "/service")
                        .column("BEFORE", row -> sides(row.path("before")))
                        .column("AFTER", row -> sides(row.path("after")))
                        .column("BECAUSE", row -> changes(row)));
        return ExitCode.OK;
    }

    private static String sides(JsonNode sides) {
        var shown = new StringJoiner(", ");
        for (JsonNode side : sides) {
            if (side.path("permille").asInt() > 0) {
                shown.add(side.path("cluster").asText() + " "
                        + side.path("permille").asInt() / 10 + " %");
            }
        }
        return shown.length() == 0 ? "nobody" : shown.toString();
    }

    /** What is said of clusters now that was not said before. */
    private static String changes(JsonNode row) {
        var shown = new StringJoiner(", ");
        for (JsonNode after : row.path("after")) {
            boolean same = false;
            for (JsonNode before : row.path("before")) {
                same |= before.path("cluster").equals(after.path("cluster"))
                        && before.path("reason").equals(after.path("reason"));
            }
            if (!same) {
                shown.add(after.path("cluster").asText() + ": "
                        + after.path("reason").asText());
            }
        }
        return shown.length() == 0 ? "shares" : shown.toString();
    }
}
