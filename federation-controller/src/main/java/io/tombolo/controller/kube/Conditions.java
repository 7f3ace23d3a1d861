package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions in the status of one object, as they are there.
 * @param generation of the object as it is now
 */
record Conditions(long generation, List<Written> written) {
    Conditions {
        written = List.copyOf(written);
    }

    /**
     * One of them.
     * @param observedGeneration of the object that it was said of
     * @param since              RFC 3339: when it became what it is
     */
    record Written(Condition condition, long observedGeneration, String since) {}

    /** @param said {@code status.conditions} */
    static Conditions of(long generation, JsonNode said) {
        var written = new ArrayList<Written>();
        said.forEach(one -> written.add(new Written(
                new Condition(
                        one.path("type").asText(),
                        one.path("status").asText(),
                        one.path("reason").asText(),
                        one.path("message").asText()),
                one.path("observedGeneration").asLong(),
                one.path("lastTransitionTime").asText())));
        return new Conditions(generation, written);
    }

    /** Whether they say all of this, of the object as it is. */
    boolean say(List<Condition> conditions) {
        return written.stream().map(Written::condition).toList().equals(conditions)
                && written.stream().allMatch(one -> one.observedGeneration() == generation);
    }

    /** As a status has them when they say this; what did not become something else keeps its time. */
    List<Map<String, Object>> saying(List<Condition> conditions, String now) {
        var all = new ArrayList<Map<String, Object>>();
        for (Condition condition : conditions) {
            var one = new LinkedHashMap<String, Object>();
            one.put("type", condition.type());
            one.put("status", condition.status());
            one.put("reason", condition.reason());
            one.put("message", condition.message());
            one.put("observedGeneration", generation);
            one.put("lastTransitionTime", since(condition).orElse(now));
            all.add(one);
        }
        return all;
    }

    private Optional<String> since(Condition condition) {
        return written.stream()
                .filter(one -> one.condition().type().equals(condition.type())
                        && one.condition().status().equals(condition.status()))
                .map(Written::since)
                .filter(time -> !time.isEmpty())
                .findFirst();
    }
}
