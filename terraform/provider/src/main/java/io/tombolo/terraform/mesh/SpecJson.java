package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.cty.MalformedValue;
import io.tombolo.terraform.cty.StateJson;
import io.tombolo.terraform.resource.Failed;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.AttributeType;
import io.tombolo.terraform.schema.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A spec as the API has it, from attributes and back: the same names in camelCase, what is null left out. Names that are a
 * user's own, as of labels, stay as they are.
 */
final class SpecJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SpecJson() {}

    /** Parts that are not known yet are left out. */
    static ObjectNode write(List<Attribute> attributes, CtyValue.Fields values) {
        ObjectNode object = JSON.objectNode();
        for (Attribute attribute : attributes) {
            CtyValue value = values.get(attribute.name());
            if (value.isKnown()) {
                object.set(camelCase(attribute.name()), node(attribute.type(), value));
            }
        }
        return object;
    }

    private static JsonNode node(AttributeType type, CtyValue value) {
        return switch (type) {
            case AttributeType.Nested nested
            when value instanceof CtyValue.Items(List<CtyValue> values) -> {
                ArrayNode array = JSON.arrayNode();
                values.forEach(one -> array.add(nested(nested, one)));
                yield array;
            }
            case AttributeType.Nested nested -> nested(nested, value);
            case AttributeType.Plain _ -> plain(value);
        };
    }

    private static JsonNode nested(AttributeType.Nested type, CtyValue value) {
        return value instanceof CtyValue.Fields fields ? write(type.attributes(), fields) : JSON.objectNode();
    }

    private static JsonNode plain(CtyValue value) {
        return switch (value) {
            case CtyValue.Text(String text) -> JSON.textNode(text);
            case CtyValue.Bool(boolean truth) -> JSON.booleanNode(truth);
            case CtyValue.Num(var number)
            when number.scale() <= 0 && number.precision() - number.scale() < 19 ->
                JSON.numberNode(number.longValueExact());
            case CtyValue.Num(var number) -> JSON.numberNode(number);
            case CtyValue.Items(List<CtyValue> values) -> {
                ArrayNode array = JSON.arrayNode();
                values.forEach(one -> array.add(plain(one)));
                yield array;
            }
            case CtyValue.Fields(SortedMap<String, CtyValue> values) -> {
                ObjectNode object = JSON.objectNode();
                values.forEach((name, one) -> object.set(name, plain(one)));
                yield object;
            }
            case CtyValue.Typed(CtyType _, CtyValue inner) -> plain(inner);
            case CtyValue.Null _, CtyValue.Unknown _ -> JSON.nullNode();
        };
    }

    static CtyValue.Fields read(List<Attribute> attributes, JsonNode json) {
        SortedMap<String, CtyValue> values = new TreeMap<>();
        for (Attribute attribute : attributes) {
            values.put(attribute.name(), value(attribute, json.path(camelCase(attribute.name()))));
        }
        return new CtyValue.Fields(values);
    }

    private static CtyValue value(Attribute attribute, JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return CtyValue.NULL;
        }
        return switch (attribute.type()) {
            case AttributeType.Plain(CtyType plain) -> read(attribute.name(), plain, json);
            case AttributeType.Nested nested
            when nested.nesting() == AttributeType.Nesting.SINGLE ->
                read(nested.attributes(), shaped(attribute.name(), json, json.isObject()));
            case AttributeType.Nested nested -> {
                var values = new ArrayList<CtyValue>();
                shaped(attribute.name(), json, json.isArray())
                        .forEach(one -> values.add(read(nested.attributes(), one)));
                yield new CtyValue.Items(values);
            }
        };
    }

    /** @throws Failed if it is something else: provider and controller may be of different versions */
    static CtyValue read(String name, CtyType type, JsonNode json) {
        try {
            return StateJson.read(type, json);
        } catch (MalformedValue other) {
            throw notUnderstood(name, String.valueOf(other.getMessage()));
        }
    }

    private static JsonNode shaped(String name, JsonNode json, boolean fits) {
        if (!fits) {
            throw notUnderstood(name, json.getNodeType() + " where a list or an object belongs");
        }
        return json;
    }

    private static Failed notUnderstood(String name, String why) {
        return new Failed(
                ValuePath.ROOT,
                "The answer of the API is not understood",
                camelCase(name) + ": " + why + ". Provider and controller may be of versions that do not fit: compare "
                        + "`tombolo version` with the version of the provider.");
    }

    /** {@code max_share} is {@code maxShare}. */
    static String camelCase(String name) {
        var camel = new StringBuilder();
        boolean up = false;
        for (char c : name.toCharArray()) {
            if (c == '_') {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.toString();
    }

    /** {@code maxShare} is {@code max_share}. */
    static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }
}
