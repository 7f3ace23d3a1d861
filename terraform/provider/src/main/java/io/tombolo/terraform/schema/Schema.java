package io.tombolo.terraform.schema;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one kind of object looks like in a configuration.
 * @param version     of what is in state files; grows when a state of before has to be changed to be read
 * @param description Markdown, for the documentation
 */
public record Schema(long version, String description, List<Attribute> attributes) {
    public Schema {
        attributes = List.copyOf(attributes);
    }

    /** Of version 0. */
    public Schema(String description, List<Attribute> attributes) {
        this(0, description, attributes);
    }

    /** Of the whole object. */
    public CtyType.ObjectOf type() {
        var types = new TreeMap<String, CtyType>();
        attributes.forEach(
                attribute -> types.put(attribute.name(), attribute.type().type()));
        return new CtyType.ObjectOf(types);
    }

    /** The attribute of this name. */
    public Optional<Attribute> attribute(String name) {
        return attributes.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** What is wrong with known values, each alone. */
    public List<Problem> problems(CtyValue.Fields config) {
        var found = new ArrayList<Problem>();
        problems(attributes, config, ValuePath.ROOT, found);
        return found;
    }

    private static void problems(
            List<Attribute> attributes, CtyValue.Fields config, ValuePath path, List<Problem> found) {
        for (Attribute attribute : attributes) {
            CtyValue value = config.get(attribute.name());
            ValuePath here = path.name(attribute.name());
            if (value.isKnown()) {
                attribute.checks().stream()
                        .flatMap(check -> check.problem(value).stream())
                        .map(what -> Problem.error(here, "Invalid " + attribute.name(), here.text() + " " + what + "."))
                        .forEach(found::add);
                if (attribute.type() instanceof AttributeType.Nested nested) {
                    below(nested, value, here, found);
                }
            }
        }
    }

    private static void below(AttributeType.Nested nested, CtyValue value, ValuePath here, List<Problem> found) {
        switch (value) {
            case CtyValue.Fields fields
            when nested.nesting() == AttributeType.Nesting.SINGLE -> problems(nested.attributes(), fields, here, found);
            case CtyValue.Fields objects ->
                objects.values().forEach((key, one) -> one(nested, one, here.key(key), found));
            case CtyValue.Items items -> {
                for (int i = 0; i < items.values().size(); i++) {
                    one(nested, items.values().get(i), here.index(i), found);
                }
            }
            default -> {}
        }
    }

    private static void one(AttributeType.Nested nested, CtyValue value, ValuePath here, List<Problem> found) {
        if (value instanceof CtyValue.Fields fields) {
            problems(nested.attributes(), fields, here, found);
        }
    }
}
