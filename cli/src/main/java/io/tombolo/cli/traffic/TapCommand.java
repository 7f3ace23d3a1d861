package io.tombolo.cli.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Visible;
import io.tombolo.cli.running.AdminPage;
import io.tombolo.cli.running.RunningSidecar;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo tap}. */
@Command(
        name = "tap",
        description = {
            "Show requests and connections of a running sidecar as they end, until Ctrl-C.",
            "With -o json or yaml: the lines of the access log, one object each.",
            "Without --state-dir: the one that `tombolo sidecar run` of this user runs without one, if it is the only one."
        },
        footer = {"", "Example:", "  tombolo tap --service checkout.shop --status 5xx"})
public final class TapCommand implements Runnable {
    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "",
            description = "The sidecar's state directory.")
    private Path stateDir = Path.of("");

    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Only calls of NAME or NAME.NAMESPACE.")
    private String service = "";

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "",
            description = "Only requests with this method.")
    private String method = "";

    @Option(
            names = "--status",
            paramLabel = "CODE",
            defaultValue = "",
            description = "Only this status, such as 404 or 5xx.")
    private String status = "";

    @Option(
            names = "--direction",
            paramLabel = "WHICH",
            defaultValue = "",
            description = "Only outbound (from the application) or inbound (to it).")
    private String direction = "";

    @Option(names = "--failed", description = "Only what somebody is to blame for.")
    private boolean failed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Show at most N a second, 1 to 10000, and count the others (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--count", paramLabel = "N", defaultValue = "0", description = "End after N of them.")
    private long count;

    @Mixin
    private Output output = new Output();

    private final PrintStream out = System.out;
    private long shown;

    @Override
    public void run() {
        try (AdminPage page = AdminPage.of(RunningSidecar.in(stateDir))) {
            page.follow("/tap?" + query(), this::line);
        }
    }

    private String query() {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("service", service);
        asked.put("method", method);
        asked.put("status", status);
        asked.put("direction", direction);
        asked.put("failed", "" + failed);
        asked.put("rate", "" + rate);
        return asked.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Whether to go on. An empty line only says that the sidecar is there. */
    private boolean line(String line) {
        if (line.isEmpty()) {
            return true;
        }
        out.println(output.forPeople() ? Visible.line(forPeople(line)) : line);
        shown += line.startsWith("{\"missed\"") ? 0 : 1;
        return count == 0 || shown < count;
    }

    private static String forPeople(String line) {
        try {
            return TapLine.of(new ObjectMapper().readTree(line));
        } catch (JsonProcessingException ofAnotherVersion) {
            return line;
        }
    }
}
