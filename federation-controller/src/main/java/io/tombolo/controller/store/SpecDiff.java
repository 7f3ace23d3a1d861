package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/** How two specs differ, field by field. Lists are compared by place, because their order means something. */
public final class SpecDiff {
    /** Of one resource; what goes beyond is left out, and the last one says so. */
    static final int MOST = 200;

    private final List<Change> changes = new ArrayList<>();

    private SpecDiff() {}

    /**
     * One field.
     * @param field  its path, such as {@code spec.rules[0].timeouts.request}
     * @param before as JSON; empty = not there
     * @param after  the same
     */
    public record Change(String field, String before, String after) {}

    /** From {@code before} to {@code after}; a missing node is a resource that is not there. */
    public static List<Change> of(JsonNode before, JsonNode after) {
        var diff = new SpecDiff();
        diff.compare("spec", before, after);
        if (diff.changes.size() <= MOST) {
            return List.copyOf(diff.changes);
        }
        var some = new ArrayList<>(diff.changes.subList(0, MOST));
        some.add(new Change("… and " + (diff.changes.size() - MOST) + " more", "", ""));
        return List.copyOf(some);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (isOf(before, after, JsonNode::isObject)) {
            var names = new LinkedHashSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "." + name, before.path(name), after.path(name)));
        } else if (isOf(before, after, JsonNode::isArray)) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i));
            }
        } else {
            changes.add(new Change(path, text(before), text(after)));
        }
    }

    /** What is not there is compared part by part with what is. */
    private static boolean isOf(JsonNode before, JsonNode after, Predicate<JsonNode> shape) {
        boolean both = shape.test(before) && shape.test(after);
        boolean one = before.isMissingNode() ? shape.test(after) : after.isMissingNode() && shape.test(before);
        return both || (one && before.size() + after.size() > 0);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "" : value.toString();
    }
}
