package io.tombolo.cli.looking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.forward.Asked;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Objects of an API server, as JSON. */
record Objects(Asked kubectl) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those that {@code kubectl get} finds; none if there are none. @param words after {@code get} */
    List<JsonNode> get(String words) {
        return items(kubectl.ask("", ("get " + words + " --ignore-not-found -o json").split(" "))
                .output());
    }

    /** What became of objects that are asked with. @param as for another account; empty = this user */
    List<JsonNode> review(String objects, String as) {
        String words = "create -f - --validate=false -o json" + (as.isEmpty() ? "" : " --as=" + as);
        return items(kubectl.ask(objects, words.split(" ")).output());
    }

    /** One answer. */
    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw noJson(broken);
        }
    }

    /** One object alone, a list of them, or one after the other. */
    private static List<JsonNode> items(String json) {
        if (json.isBlank()) {
            return List.of();
        }
        try (var all = JSON.readerFor(JsonNode.class).<JsonNode>readValues(json)) {
            return all.readAll().stream()
                    .flatMap(one -> one.path("kind").asText().endsWith("List")
                            ? one.path("items").valueStream()
                            : Stream.of(one))
                    .toList();
        } catch (IOException broken) {
            throw noJson(broken);
        }
    }

    private static TomboloException noJson(IOException broken) {
        return new TomboloException(
                Fault.KUBERNETES_UNREACHABLE, "kubectl", "answered with what is no JSON", "kubectl version", broken);
    }
}
