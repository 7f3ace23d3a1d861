package io.tombolo.terraform.cty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads values from the JSON of a state file, which may be that of an older schema. */
public final class StateJson {
    private StateJson() {}

    /**
     * The object that {@code json} holds.
     * @throws MalformedValue if it is none
     */
    public static ObjectNode object(byte[] json) {
        try {
            if (JsonTree.read(json) instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedValue("the state of a resource is an object");
        } catch (IOException malformed) {
            throw new MalformedValue("state: " + malformed.getMessage());
        }
    }

    /**
     * Reads it as {@code type}: attributes that are missing are null, those that the type does not have are left out, as after
     * an upgrade of the provider.
     * @throws MalformedValue if something else is not of its type
     */
    public static CtyValue read(CtyType type, JsonNode json) {
        if (json.isNull() || json.isMissingNode()) {
            return CtyValue.NULL;
        }
        return switch (type) {
            case CtyType.Primitive primitive -> primitive(primitive, json);
            case CtyType.ListOf(CtyType element) -> items(element, json);
            case CtyType.SetOf(CtyType element) -> items(element, json);
            case CtyType.TupleOf(var elements) -> {
                var values = new ArrayList<CtyValue>();
                for (int i = 0; i < elements.size(); i++) {
                    values.add(read(elements.get(i), json.path(i)));
                }
                yield new CtyValue.Items(values);
            }
            case CtyType.MapOf(CtyType element) -> {
                SortedMap<String, CtyValue> values = new TreeMap<>();
                json.properties().forEach(part -> values.put(part.getKey(), read(element, part.getValue())));
                yield new CtyValue.Fields(values);
            }
            case CtyType.ObjectOf(var attributes) -> {
                SortedMap<String, CtyValue> values = new TreeMap<>();
                attributes.forEach((name, part) -> values.put(name, read(part, json.path(name))));
                yield new CtyValue.Fields(values);
            }
        };
    }

    private static CtyValue items(CtyType element, JsonNode json) {
        if (!json.isArray()) {
            throw new MalformedValue(json.getNodeType() + " where a list belongs");
        }
        var values = new ArrayList<CtyValue>();
        json.forEach(part -> values.add(read(element, part)));
        return new CtyValue.Items(values);
    }

    private static CtyValue primitive(CtyType.Primitive type, JsonNode json) {
        return switch (type) {
            case STRING -> CtyValue.of(json.asText());
            case NUMBER -> new CtyValue.Num(of(type, json.isNumber(), json).decimalValue());
            case BOOL -> new CtyValue.Bool(of(type, json.isBoolean(), json).booleanValue());
            case DYNAMIC -> {
                CtyType own = TypeJson.type(json.path("type"));
                yield new CtyValue.Typed(own, read(own, json.path("value")));
            }
        };
    }

    private static JsonNode of(CtyType.Primitive type, boolean fits, JsonNode json) {
        if (!fits) {
            throw new MalformedValue(json.getNodeType() + " where " + type + " belongs");
        }
        return json;
    }
}
