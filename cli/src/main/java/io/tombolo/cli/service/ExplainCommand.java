package io.tombolo.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.api.ApiCommand;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.output.Table;
import io.tombolo.model.name.ServiceName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo explain}. */
@Command(
        name = "explain",
        description =
                "What happens when a workload of this cluster calls a service: each step, and each refusal's reason.",
        footer = {
            "",
            "Examples:",
            "  tombolo explain frontend.shop checkout.shop",
            "  tombolo explain frontend.shop checkout.shop --method POST --path /cart",
            "  tombolo explain frontend.shop checkout.shop --from west",
            "  tombolo explain frontend.shop checkout.shop --at 2026-12-01T10:00:00Z"
        })
public final class ExplainCommand extends ApiCommand {
    private static final String UNKNOWN = "unknown";

    @Parameters(index = "0", paramLabel = "WORKLOAD", description = "Account, or account.namespace.")
    private String workload = "";

    @Parameters(index = "1", paramLabel = "SERVICE", description = "Name, or name.namespace.")
    private String service = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            description = "Namespace (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(names = "--port", defaultValue = "0", description = "Service port; default: its first.")
    private int port;

    @Option(
            names = "--from",
            defaultValue = "",
            paramLabel = "CLUSTER",
            description = "The workload's cluster, if another one: what this cluster makes of its call.")
    private String from = "";

    @Option(
            names = "--method",
            defaultValue = "GET",
            description = "Of the request that policies are asked about (default: ${DEFAULT-VALUE}).")
    private String method = "GET";

    @Option(names = "--path", defaultValue = "/", description = "Its path (default: ${DEFAULT-VALUE}).")
    private String path = "/";

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "One of its headers; may be repeated.")
    private List<String> headers = List.of();

    @Option(
            names = "--at",
            defaultValue = "",
            paramLabel = "TIME",
            description = "Also where calls went then, such as 2026-12-01T10:00:00Z, as far as that is remembered.")
    private String at = "";

    @Override
    protected ExitCode run(ApiClient api) {
        ServiceName caller = ServiceName.parse(workload, namespace);
        ServiceName called = ServiceName.parse(service, namespace);
        JsonNode answer = api.get("/explain?namespace=" + caller.namespace() + "&account=" + caller.name() + "&service="
                + called.name() + "." + called.namespace() + "&port=" + port + request());
        if (!output.forPeople()) {
            output.print(answer, Resources.RESULTS);
            return ExitCode.OK;
        }
        output.print(
                answer.path("steps"),
                new Table("")
                        .column("STEP", "/step")
                        .column("RESULT", "/result")
                        .column("BECAUSE", "/text"));
        output.say("");
        output.print(
                answer.path("candidates"),
                new Table("No cluster exports it.")
                        .column("CLUSTER", "/cluster")
                        .column("TIER", "/tier")
                        .column("READY", ExplainCommand::ready)
                        .column("FRESHNESS", "/freshness")
                        .column("PATH", "/path")
                        .column("RTT", ExplainCommand::rtt)
                        .column("CAPACITY", ExplainCommand::capacity)
                        .column(
                                "SHARE",
                                row -> String.format(
                                        Locale.ROOT,
                                        "%.1f %%",
                                        100 * row.path("share").asDouble()))
                        .column("BECAUSE", "/reason"));
        return ExitCode.OK;
    }

    private static String ready(JsonNode row) {
        return row.path("ready").isNumber()
                ? row.path("ready").asInt() + " of " + Table.text(row.path("total"))
                : UNKNOWN;
    }

    private static String rtt(JsonNode row) {
        boolean here = row.path("path").asText().equals("-");
        return row.path("rttMicros").isNumber()
                ? String.format(Locale.ROOT, "%.1f ms", row.path("rttMicros").asInt() / 1e3)
                : here ? "-" : UNKNOWN;
    }

    /** Of how much this cluster may plan with how much. */
    private static String capacity(JsonNode row) {
        return row.path("capacity").isNumber()
                ? row.path("granted").asLong() + " of " + row.path("capacity").asLong() + "/s"
                : UNKNOWN;
    }

    private String request() {
        var query =
                new StringBuilder("&from=" + encoded(from) + "&method=" + encoded(method) + "&path=" + encoded(path));
        headers.forEach(header -> query.append("&header=").append(encoded(header)));
        query.append("&at=").append(encoded(at));
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
