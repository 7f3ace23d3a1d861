package io.tombolo.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.context.Contexts;
import java.nio.file.Path;
import java.time.Duration;

/** Asks a controller whether a path to another cluster is proven. */
final class Paths {
    private Paths() {}

    /** Waits until {@code from} trusts {@code to} and a probe through its data port came back. */
    static void await(Path contexts, String from, String to, Duration patience) {
        var api = new ApiClient(Contexts.ofUser().require(from));
        Asked.until(
                () -> proven(api.get("/clusters"), to),
                patience,
                "path from " + from + " to " + to + " proven",
                "see `tombolo clusters --context " + from + "` with TOMBOLO_CONTEXTS=" + contexts);
    }

    private static boolean proven(JsonNode clusters, String name) {
        for (JsonNode cluster : clusters) {
            if (cluster.path("cluster").asText().equals(name)) {
                return cluster.path("trust").asText().equals("READY") && anyUp(cluster.path("gateways"));
            }
        }
        return false;
    }

    private static boolean anyUp(JsonNode gateways) {
        for (JsonNode gateway : gateways) {
            for (JsonNode path : gateway.path("paths")) {
                if (path.path("state").asText().equals("UP")) {
                    return true;
                }
            }
        }
        return false;
    }
}
