package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.AttributeType;
import io.tombolo.terraform.schema.Check;
import io.tombolo.terraform.schema.Limit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of ours as definitions for Kubernetes (apiextensions.k8s.io/v1), from the same descriptions as for Terraform. */
final class Definitions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern OF_TERRAFORM = Pattern.compile("`([a-z]+(?:_[a-z]+)+)`");
    private static final String HEAD = """
            # The kinds of docs/resources.md that are objects of their own on Kubernetes. Written by the build from the same descriptions as the
            # documentation of the Terraform provider; what these schemas do not say the controller checks, and answers in status.conditions.
            """;

    private Definitions() {}

    static String yaml() throws JsonProcessingException {
        var mapper = YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        var text = new StringBuilder(HEAD);
        for (Kind kind : List.of(AuthorizationPolicies.kind(), FailoverPolicies.kind(), TrafficPolicies.kind())) {
            text.append(mapper.writeValueAsString(definition(kind)));
        }
        return text.toString();
    }

    private static ObjectNode definition(Kind kind) {
        String singular = kind.name().toLowerCase(Locale.ROOT);
        String plural = singular.substring(0, singular.length() - 1) + "ies";
        ObjectNode definition = JSON.objectNode();
        definition.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
        definition.putObject("metadata").put("name", plural + ".tombolo.io");
        ObjectNode spec = definition.putObject("spec");
        spec.put("group", "tombolo.io").put("scope", "Namespaced");
        ObjectNode names = spec.putObject("names");
        names.put("kind", kind.name()).put("listKind", kind.name() + "List");
        names.put("plural", plural).put("singular", singular);
        names.putArray("shortNames").add("t" + singular.substring(0, singular.length() - "policy".length()));
        names.putArray("categories").add("tombolo");
        ObjectNode version = spec.putArray("versions").addObject();
        version.put("name", "v1").put("served", true).put("storage", true);
        version.putObject("subresources").putObject("status");
        columns(version.putArray("additionalPrinterColumns"));
        version.putObject("schema").set("openAPIV3Schema", schema(kind));
        return definition;
    }

    private static void columns(ArrayNode columns) {
        column(columns, "Target", "string", ".spec.targetRef.name");
        column(columns, "Accepted", "string", ".status.conditions[?(@.type==\"Accepted\")].status");
        column(columns, "Reason", "string", ".status.conditions[?(@.type==\"Accepted\")].reason");
        column(columns, "Age", "date", ".metadata.creationTimestamp");
    }

    private static void column(ArrayNode columns, String name, String type, String path) {
        columns.addObject().put("name", name).put("type", type).put("jsonPath", path);
    }

    private static ObjectNode schema(Kind kind) {
        ObjectNode schema = JSON.objectNode()
                .put("type", "object")
                .put("x-kubernetes-preserve-unknown-fields", true)
                .put("description", words(kind.description()));
        schema.putArray("required").add("spec");
        ObjectNode parts = schema.putObject("properties");
        ObjectNode spec = object(kind.spec());
        if (kind.name().equals("AuthorizationPolicy")) {
            spec.putArray("x-kubernetes-validations")
                    .addObject()
                    .put("rule", "self.action != 'Deny' || (has(self.rules) && size(self.rules) > 0)")
                    .put("message", "a Deny needs a rule: write what it refuses");
        }
        parts.set("spec", spec);
        ObjectNode status = parts.putObject("status").put("type", "object");
        ObjectNode conditions = status.putObject("properties").putObject("conditions");
        conditions.put("type", "array").put("maxItems", 16).put("x-kubernetes-list-type", "map");
        conditions.putArray("x-kubernetes-list-map-keys").add("type");
        condition(conditions.putObject("items").put("type", "object"));
        return schema;
    }

    /** As the types of apimachinery have it. */
    private static void condition(ObjectNode condition) {
        Stream.of("type", "status", "reason", "message", "lastTransitionTime")
                .forEach(condition.withArray("required")::add);
        ObjectNode parts = condition.putObject("properties");
        parts.putObject("type").put("type", "string").put("maxLength", 316);
        parts.putObject("status")
                .put("type", "string")
                .set("enum", JSON.arrayNode().add("True").add("False").add("Unknown"));
        parts.putObject("reason").put("type", "string").put("maxLength", 1024);
        parts.putObject("message").put("type", "string").put("maxLength", 32768);
        parts.putObject("observedGeneration")
                .put("type", "integer")
                .put("format", "int64")
                .put("minimum", 0);
        parts.putObject("lastTransitionTime").put("type", "string").put("format", "date-time");
    }

    private static ObjectNode object(List<Attribute> attributes) {
        // Else the API server takes away what it does not know, from a list of who may not call too, and nobody hears
        // of it; the
        // controller refuses it.
        ObjectNode schema = JSON.objectNode().put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
        List<Attribute> required = attributes.stream()
                .filter(one -> one.mode() == Attribute.Mode.REQUIRED)
                .toList();
        if (!required.isEmpty()) {
            required.forEach(one -> schema.withArray("required").add(SpecJson.camelCase(one.name())));
        }
        ObjectNode parts = schema.putObject("properties");
        attributes.forEach(one -> parts.set(SpecJson.camelCase(one.name()), property(one)));
        return schema;
    }

    private static ObjectNode property(Attribute attribute) {
        ObjectNode schema = JSON.objectNode();
        // Two forms, a word and an object, of which a structural schema can only say that it has some.
        if (attribute.name().equals("clusters") && attribute.type() instanceof AttributeType.Nested) {
            schema.put("x-kubernetes-preserve-unknown-fields", true)
                    .put("nullable", true)
                    .put("description", "`any`, or `only` or `anyExcept` with names of clusters.");
            return schema;
        }
        schema.setAll(
                switch (attribute.type()) {
                    case AttributeType.Nested(var nesting, List<Attribute> parts)
                    when nesting == AttributeType.Nesting.SINGLE -> object(parts);
                    case AttributeType.Nested(var _, List<Attribute> parts) ->
                        JSON.objectNode().put("type", "array").<ObjectNode>set("items", object(parts));
                    case AttributeType.Plain(CtyType type) -> plain(type);
                });
        attribute.checks().stream().map(Check::limit).forEach(limit -> limit.ifPresent(said -> limited(schema, said)));
        if (attribute.mode() != Attribute.Mode.REQUIRED) {
            // Else it takes away a field without a value too, where the controller refuses it: it would mean everybody.
            schema.put("nullable", true);
        }
        return schema.put("description", words(attribute.description()));
    }

    private static ObjectNode plain(CtyType type) {
        ObjectNode schema = JSON.objectNode();
        return switch (type) {
            case CtyType.Primitive.STRING -> schema.put("type", "string");
            case CtyType.Primitive.NUMBER -> schema.put("type", "number");
            case CtyType.Primitive.BOOL -> schema.put("type", "boolean");
            case CtyType.ListOf(CtyType element) -> schema.put("type", "array").set("items", plain(element));
            case CtyType.MapOf(CtyType element) ->
                schema.put("type", "object").set("additionalProperties", plain(element));
            default -> throw new IllegalStateException(type + " has no form there yet");
        };
    }

    private static void limited(ObjectNode schema, Limit limit) {
        boolean isList = schema.path("type").asText().equals("array");
        switch (limit) {
            case Limit.Label() ->
                schema.put("minLength", 1).put("maxLength", 63).put("pattern", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
            case Limit.OneOf(List<String> words) -> words.forEach(schema.withArray("enum")::add);
            case Limit.Whole(long least, long most) ->
                schema.put("type", "integer")
                        .put("format", "int64")
                        .put("minimum", least)
                        .put("maximum", most);
            case Limit.Count(int least, int most) -> {
                if (least > 0) {
                    schema.put(isList ? "minItems" : "minProperties", least);
                }
                schema.put(isList ? "maxItems" : "maxProperties", most);
            }
            case Limit.Each(Limit each) ->
                limited((ObjectNode) schema.path(isList ? "items" : "additionalProperties"), each);
        }
    }

    /** Names of attributes as they are there. */
    private static String words(String description) {
        return OF_TERRAFORM.matcher(description).replaceAll(name -> "`" + SpecJson.camelCase(name.group(1)) + "`");
    }
}
