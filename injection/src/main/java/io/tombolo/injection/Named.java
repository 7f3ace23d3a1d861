package io.tombolo.injection;

import com.fasterxml.jackson.databind.JsonNode;

/** Lists of Kubernetes whose items have a name each. */
final class Named {
    private Named() {}

    /** Whether one of the list has this name. */
    static boolean has(JsonNode list, String name) {
        return list.valueStream().anyMatch(item -> item.path("name").asText().equals(name));
    }
}
