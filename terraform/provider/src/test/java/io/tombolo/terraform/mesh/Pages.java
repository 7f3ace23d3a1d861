package io.tombolo.terraform.mesh;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.resource.Provider;
import io.tombolo.terraform.resource.ProviderFunction;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.AttributeType;
import io.tombolo.terraform.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The documentation of a provider, from what it says of itself, in the layout of Terraform's registry. */
final class Pages {
    private final Path examples;
    private final SortedMap<String, String> pages = new TreeMap<>();

    /** @param examples a directory of each thing, with an {@code example.tf} */
    Pages(Path examples) {
        this.examples = examples;
    }

    /** By path. */
    SortedMap<String, String> of(Provider provider) {
        page("index.md", "Provider tombolo", "provider", provider.schema());
        provider.resources()
                .forEach((name, one) ->
                        page("resources/" + name(name), "Resource " + name, "resources/" + name, one.schema()));
        provider.dataSources()
                .forEach((name, one) -> page(
                        "data-sources/" + name(name), "Data source " + name, "data-sources/" + name, one.schema()));
        provider.ephemeralResources()
                .forEach((name, one) -> page(
                        "ephemeral-resources/" + name(name),
                        "Ephemeral resource " + name,
                        "ephemeral-resources/" + name,
                        one.schema()));
        provider.functions().values().forEach(this::function);
        return pages;
    }

    private static String name(String type) {
        return type.substring("tombolo_".length()) + ".md";
    }

    private void page(String file, String title, String example, Schema schema) {
        var text = new StringBuilder("# " + title + "\n\n" + schema.description() + "\n\n" + example(example));
        table(text, "## Attributes", schema.attributes());
        String kind =
                title.startsWith("Resource") && schema.attribute("namespace").isPresent()
                        ? "cluster/namespace/name"
                        : "name";
        if (title.startsWith("Resource")) {
            text.append("## Import\n\n```\nterraform import ")
                    .append(title.split(" ")[1])
                    .append(".example ")
                    .append(kind.equals("name") ? "west" : "east/shop/checkout")
                    .append("\n```\n\nThe id is `")
                    .append(kind)
                    .append("`.\n");
        }
        pages.put(file, text.toString().stripTrailing() + "\n");
    }

    private void function(ProviderFunction function) {
        String call = function.name() + "("
                + function.parameters().stream()
                        .map(ProviderFunction.Parameter::name)
                        .collect(Collectors.joining(", "))
                + ")";
        var text = new StringBuilder("# Function " + function.name() + "\n\n" + function.summary() + ": "
                + function.description() + "\n\n" + example("functions/" + function.name()) + "## Signature\n\n`" + call
                + "` is " + type(function.result()) + ".\n\n| argument | type | |\n|---|---|---|\n");
        function.parameters()
                .forEach(one ->
                        text.append("| `%s` | %s | %s |\n".formatted(one.name(), type(one.type()), one.description())));
        pages.put("functions/" + function.name() + ".md", text.toString());
    }

    private String example(String directory) {
        try {
            return "```terraform\n"
                    + Files.readString(examples.resolve(directory).resolve("example.tf")) + "```\n\n";
        } catch (IOException missing) {
            throw new UncheckedIOException("everything has an example", missing);
        }
    }

    private static void table(StringBuilder text, String title, List<Attribute> attributes) {
        text.append(title).append("\n\n| attribute | type | | |\n|---|---|---|---|\n");
        for (Attribute attribute : attributes) {
            text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(attribute.name(), type(attribute), mode(attribute), attribute.description()));
        }
        text.append('\n');
        for (Attribute attribute : attributes) {
            if (attribute.type() instanceof AttributeType.Nested nested) {
                String level = title.substring(0, title.indexOf(' '));
                String path = title.contains("`")
                        ? title.substring(title.indexOf('`') + 1, title.lastIndexOf('`')) + "."
                        : "";
                table(
                        text,
                        level + (level.length() < 6 && path.isEmpty() ? "# `" : " `") + path + attribute.name() + "`",
                        nested.attributes());
            }
        }
    }

    private static String type(Attribute attribute) {
        return switch (attribute.type()) {
            case AttributeType.Plain(CtyType type) -> type(type);
            case AttributeType.Nested(AttributeType.Nesting nesting, var _) ->
                switch (nesting) {
                    case SINGLE -> "object";
                    case LIST -> "list of objects";
                    case SET -> "set of objects";
                    case MAP -> "map of objects";
                };
        };
    }

    private static String type(CtyType type) {
        return switch (type) {
            case CtyType.Primitive.STRING -> "text";
            case CtyType.Primitive.NUMBER -> "number";
            case CtyType.Primitive.BOOL -> "bool";
            case CtyType.Primitive.DYNAMIC -> "any";
            case CtyType.ListOf(CtyType element) -> "list of " + type(element);
            case CtyType.SetOf(CtyType element) -> "set of " + type(element);
            case CtyType.MapOf(CtyType element) -> "map of " + type(element);
            case CtyType.ObjectOf(var attributes) -> "object of " + String.join(", ", attributes.keySet());
            case CtyType.TupleOf(var _) -> "tuple";
        };
    }

    private static String mode(Attribute attribute) {
        String mode = switch (attribute.mode()) {
            case REQUIRED -> "required";
            case OPTIONAL -> "optional";
            case COMPUTED -> "read-only";
            case OPTIONAL_COMPUTED -> attribute.fallback().map(Pages::fallback).orElse("optional, else as it is");
        };
        return mode
                + (attribute.is(Attribute.Trait.SENSITIVE) ? ", sensitive" : "")
                + (attribute.is(Attribute.Trait.REPLACES) ? ", another value replaces it" : "");
    }

    private static String fallback(io.tombolo.terraform.cty.CtyValue value) {
        return "optional, else `"
                + switch (value) {
                    case io.tombolo.terraform.cty.CtyValue.Text(String text) -> text;
                    case io.tombolo.terraform.cty.CtyValue.Num(var number) -> number.toPlainString();
                    default -> value.toString();
                }
                + "`";
    }
}
