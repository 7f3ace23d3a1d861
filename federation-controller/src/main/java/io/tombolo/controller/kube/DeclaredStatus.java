package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The status of policies (GEP-713) and of routes (GEP-1324), as it is and as it should be. Pure. */
final class DeclaredStatus {
    /** Whose part of a route's status this is: others write theirs beside it. */
    static final String CONTROLLER = "tombolo.io/controller";

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeclaredStatus() {}

    /**
     * The whole status, if it does not say this already.
     * @param conditions of a policy one list, of a route one for each parent of ours
     * @param now        RFC 3339
     */
    static Optional<Map<String, Object>> of(
            DeclaredKind kind, DeclaredObject object, List<List<Condition>> conditions, String now) {
        return kind.isRoute() ? route(object, conditions, now) : policy(object, conditions.getFirst(), now);
    }

    private static Optional<Map<String, Object>> policy(DeclaredObject object, List<Condition> conditions, String now) {
        Conditions there = Conditions.of(object.generation(), object.status().path("conditions"));
        return there.say(conditions)
                ? Optional.empty()
                : Optional.of(Map.of("conditions", there.saying(conditions, now)));
    }

    private static Optional<Map<String, Object>> route(
            DeclaredObject object, List<List<Condition>> conditions, String now) {
        List<JsonNode> ours = entries(object).filter(DeclaredStatus::isOurs).toList();
        boolean said = ours.size() == object.parents().size();
        var parents = new ArrayList<>(others(object));
        for (int i = 0; i < object.parents().size(); i++) {
            JsonNode parent = object.parents().get(i);
            Conditions there = ours.stream()
                    .filter(entry -> entry.path("parentRef").equals(parent))
                    .findFirst()
                    .map(entry -> Conditions.of(object.generation(), entry.path("conditions")))
                    .orElse(new Conditions(object.generation(), List.of()));
            List<Condition> wanted = conditions.get(i);
            said &= there.say(wanted);
            var entry = new LinkedHashMap<String, Object>();
            entry.put("parentRef", JSON.convertValue(parent, Object.class));
            entry.put("controllerName", CONTROLLER);
            entry.put("conditions", there.saying(wanted, now));
            parents.add(entry);
        }
        return said ? Optional.empty() : Optional.of(Map.of("parents", parents));
    }

    /** Of a route that has no parent of ours any more: what others say of it, if we said something. */
    static Optional<Map<String, Object>> withdrawn(DeclaredObject object) {
        return entries(object).anyMatch(DeclaredStatus::isOurs)
                ? Optional.of(Map.of("parents", others(object)))
                : Optional.empty();
    }

    private static List<Object> others(DeclaredObject object) {
        return entries(object)
                .filter(entry -> !isOurs(entry))
                .map(entry -> JSON.convertValue(entry, Object.class))
                .toList();
    }

    private static Stream<JsonNode> entries(DeclaredObject object) {
        return object.status().path("parents").valueStream();
    }

    private static boolean isOurs(JsonNode entry) {
        return entry.path("controllerName").asText().equals(CONTROLLER);
    }
}
