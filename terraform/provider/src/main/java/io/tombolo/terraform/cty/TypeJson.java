package io.tombolo.terraform.cty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Types as compact JSON: {@code "string"}, {@code ["list","string"]}, {@code ["object",{"port":"number"}]}. */
public final class TypeJson {
    private TypeJson() {}

    /** As the protocol's schema carries it. */
    public static String write(CtyType type) {
        return switch (type) {
            case CtyType.Primitive primitive -> '"' + primitive.name().toLowerCase(Locale.ROOT) + '"';
            case CtyType.ListOf(CtyType element) -> "[\"list\"," + write(element) + ']';
            case CtyType.SetOf(CtyType element) -> "[\"set\"," + write(element) + ']';
            case CtyType.MapOf(CtyType element) -> "[\"map\"," + write(element) + ']';
            case CtyType.TupleOf(var elements) ->
                "[\"tuple\",["
                        + String.join(
                                ",", elements.stream().map(TypeJson::write).toList()) + "]]";
            case CtyType.ObjectOf(var attributes) ->
                "[\"object\",{"
                        + String.join(
                                ",",
                                attributes.entrySet().stream()
                                        .map(a -> '"' + a.getKey() + "\":" + write(a.getValue()))
                                        .toList())
                        + "}]";
        };
    }

    /**
     * Reads one.
     * @throws MalformedValue if it is not a type
     */
    public static CtyType read(byte[] json) {
        try {
            return type(JsonTree.read(json));
        } catch (JsonProcessingException malformed) {
            throw new MalformedValue("type: " + malformed.getOriginalMessage());
        } catch (java.io.IOException impossible) {
            throw new MalformedValue("type: " + impossible.getMessage());
        }
    }

    /** Reads one from a tree. */
    static CtyType type(JsonNode node) {
        if (node.isTextual()) {
            for (CtyType.Primitive primitive : CtyType.Primitive.values()) {
                if (primitive.name().toLowerCase(Locale.ROOT).equals(node.textValue())) {
                    return primitive;
                }
            }
        }
        if (!node.isArray() || node.size() < 2) {
            throw new MalformedValue("type: " + JsonTree.text(node));
        }
        JsonNode parts = node.get(1);
        return switch (node.get(0).asText()) {
            case "list" -> new CtyType.ListOf(type(parts));
            case "set" -> new CtyType.SetOf(type(parts));
            case "map" -> new CtyType.MapOf(type(parts));
            case "tuple" -> tuple(parts);
            case "object" -> object(parts);
            default -> throw new MalformedValue("type: " + JsonTree.text(node));
        };
    }

    private static CtyType tuple(JsonNode parts) {
        var elements = new ArrayList<CtyType>();
        parts.forEach(part -> elements.add(type(part)));
        return new CtyType.TupleOf(elements);
    }

    private static CtyType object(JsonNode parts) {
        SortedMap<String, CtyType> attributes = new TreeMap<>();
        parts.properties().forEach(part -> attributes.put(part.getKey(), type(part.getValue())));
        return new CtyType.ObjectOf(attributes);
    }
}
