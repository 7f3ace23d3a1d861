package io.tombolo.cli.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One entry of the access log as people read it. */
final class TapLine {
    private static final int TIME_FROM = 11;
    private static final int TIME_TO = 23;

    private TapLine() {}

    /** {@code 12:00:01.123 out frontend.shop(east) → checkout.shop:80(west) GET /cart 200 12.3 ms}. */
    static String of(JsonNode entry) {
        if (entry.has("missed")) {
            return "… " + entry.path("missed").asText() + " more were not shown (--rate)";
        }
        String time = entry.path("time").asText();
        String attempts =
                entry.path("attempts").asInt(1) > 1 ? entry.path("attempts").asText() + " attempts" : "";
        return Stream.of(
                        time.length() >= TIME_TO ? time.substring(TIME_FROM, TIME_TO) : time,
                        entry.path("direction").asText().replace("bound", ""),
                        source(entry.path("source")) + " → " + destination(entry.path("destination")),
                        what(entry),
                        String.format(
                                Locale.ROOT,
                                "%.1f ms",
                                entry.path("durationMicros").asLong() / 1e3),
                        attempts,
                        entry.path("blame").asText(),
                        entry.path("code").asText())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String what(JsonNode entry) {
        return entry.has("method")
                ? entry.path("method").asText() + " " + entry.path("path").asText() + " "
                        + entry.path("status").asText()
                : "tcp " + entry.path("ended").asText();
    }

    private static String source(JsonNode party) {
        String who = party.path("workload").asText();
        return who.isEmpty() ? party.path("address").asText("?") : who + "." + namespaceAndCluster(party, "");
    }

    private static String destination(JsonNode party) {
        String service = party.path("service").asText();
        return service.isEmpty()
                ? "no service"
                : service + "."
                        + namespaceAndCluster(party, ":" + party.path("port").asText());
    }

    private static String namespaceAndCluster(JsonNode party, String port) {
        String cluster = party.path("cluster").asText();
        return party.path("namespace").asText() + port + (cluster.isEmpty() ? "" : "(" + cluster + ")");
    }
}
