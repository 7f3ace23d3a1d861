package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** One object of a resource with the path to it. What it is not asked for, it refuses: a typing error is never ignored. */
final class Fields {
    private static final int MAX_ITEMS = 256;
    private static final int MAX_TEXT = 1_024;

    private final String path;
    private final JsonNode node;

    private Fields(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /** @throws TomboloException BAD_RESOURCE unless it is an object with known fields only */
    static Fields of(String path, JsonNode node, Set<String> known) {
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            throw bad(path, "is not an object", "write `key: value` lines below it");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw bad(
                        path + "." + field.getKey(),
                        "unknown field",
                        "known here are " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new Fields(path, node);
    }

    String requiredText(String name) {
        String text = text(name, "");
        if (text.isEmpty()) {
            throw bad(path + "." + name, "is missing", "write it");
        }
        return text;
    }

    String text(String name, String otherwise) {
        JsonNode value = get(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual() || value.asText().length() > MAX_TEXT) {
            throw bad(path + "." + name, "is not a text of at most " + MAX_TEXT + " characters", "put it in quotes");
        }
        return value.asText();
    }

    int requiredInt(String name) {
        JsonNode value = get(name);
        if (!value.isInt()) {
            throw bad(path + "." + name, "is not a whole number", "write it without quotes");
        }
        return value.asInt();
    }

    double requiredNumber(String name) {
        JsonNode value = get(name);
        if (!value.isNumber()) {
            throw bad(path + "." + name, "is not a number", "write it without quotes");
        }
        return value.asDouble();
    }

    int wholeNumber(String name, int otherwise) {
        return has(name) ? requiredInt(name) : otherwise;
    }

    boolean has(String name) {
        return !get(name).isMissingNode() && !get(name).isNull();
    }

    /** Written, but without a value: nobody meant that to be the same as not written. */
    boolean isHollow(String name) {
        JsonNode value = get(name);
        return value.isNull() || (value.isArray() && value.isEmpty());
    }

    boolean requiredBoolean(String name) {
        JsonNode value = get(name);
        if (!value.isBoolean()) {
            throw bad(path + "." + name, "is neither true nor false", "write one of them without quotes");
        }
        return value.asBoolean();
    }

    /** The items of a list, each with its path; empty if the list is absent. */
    <T> List<T> list(String name, Function<Item, T> reader) {
        JsonNode list = get(name);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MAX_ITEMS) {
            throw bad(path + "." + name, "is not a list of at most " + MAX_ITEMS, "begin each item with '- '");
        }
        var items = new ArrayList<T>();
        for (int i = 0; i < list.size(); i++) {
            items.add(reader.apply(new Item(path + "." + name + "[" + i + "]", list.get(i))));
        }
        return List.copyOf(items);
    }

    /** A map from text to text. */
    Map<String, String> texts(String name) {
        JsonNode map = get(name);
        if (!map.isObject() && !map.isMissingNode() && !map.isNull()) {
            throw bad(path + "." + name, "is not an object", "write `key: value` lines below it");
        }
        var texts = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> field : map.properties()) {
            if (!field.getValue().isTextual() || texts.size() >= MAX_ITEMS) {
                throw bad(
                        path + "." + name + "." + field.getKey(),
                        "is not a text, or there are more than " + MAX_ITEMS,
                        "put it in quotes");
            }
            texts.put(field.getKey(), field.getValue().asText());
        }
        return texts;
    }

    Fields object(String name, Set<String> known) {
        return of(path + "." + name, get(name), known);
    }

    JsonNode node() {
        return node;
    }

    String path() {
        return path;
    }

    /** One item of a list. */
    record Item(String path, JsonNode node) {
        int number() {
            if (!node.isInt()) {
                throw bad(path, "is not a whole number", "write it without quotes");
            }
            return node.asInt();
        }

        String text() {
            if (!node.isTextual()) {
                throw bad(path, "is not a text", "put it in quotes");
            }
            return node.asText();
        }

        int wholeNumber() {
            if (!node.isInt()) {
                throw bad(path, "is not a whole number", "write it without quotes");
            }
            return node.asInt();
        }

        Fields object(Set<String> known) {
            return of(path, node, known);
        }
    }

    static TomboloException bad(String where, String what, String fix) {
        return new TomboloException(Fault.BAD_RESOURCE, where, what, fix);
    }

    private JsonNode get(String name) {
        return node.isObject() ? node.path(name) : MissingNode.getInstance();
    }
}
