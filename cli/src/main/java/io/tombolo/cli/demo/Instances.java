package io.tombolo.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.context.Contexts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Asks a controller how many instances of a service it knows to be ready, by cluster. */
final class Instances {
    private Instances() {}

    /** Waits until {@code from} knows of at least as many ready instances as {@code wanted} says for each cluster. */
    static void await(String from, String namespace, String name, Map<String, Integer> wanted, Duration patience) {
        var api = new ApiClient(Contexts.ofUser().require(from));
        Asked.until(
                () -> wanted.entrySet().stream()
                        .allMatch(entry -> readyByCluster(api.get("/services"), namespace, name)
                                        .getOrDefault(entry.getKey(), 0)
                                >= entry.getValue()),
                patience,
                "ready instances of " + namespace + "/" + name + " as " + from + " knows them",
                "see `tombolo services --context " + from + "`");
    }

    private static Map<String, Integer> readyByCluster(JsonNode services, String namespace, String name) {
        var ready = new HashMap<String, Integer>();
        for (JsonNode service : services) {
            if (service.path("namespace").asText().equals(namespace)
                    && service.path("name").asText().equals(name)) {
                service.path("clusters")
                        .forEach(row -> ready.put(
                                row.path("cluster").asText(), row.path("ready").asInt()));
            }
        }
        return ready;
    }
}
