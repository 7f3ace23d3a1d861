package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Attribute.Trait;
import io.tombolo.terraform.schema.AttributeType;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an object will be, from what it is and what the configuration says. */
final class Planning {
    private Planning() {}

    /**
     * A plan.
     * @param replaces attributes whose change needs another object
     */
    record Plan(CtyValue.Fields planned, List<ValuePath> replaces, boolean isChange) {}

    /** @param prior empty = it is to be made */
    static Plan of(Schema schema, Optional<CtyValue.Fields> prior, CtyValue.Fields config) {
        CtyValue.Fields planned = object(schema.attributes(), prior, config);
        if (prior.isEmpty()) {
            return new Plan(planned, List.of(), true);
        }
        CtyValue.Fields before = prior.get();
        boolean isChange = schema.attributes().stream()
                .anyMatch(attribute -> !planned.get(attribute.name()).equals(before.get(attribute.name())));
        var replaces = new ArrayList<ValuePath>();
        CtyValue.Fields result = planned;
        for (Attribute attribute : schema.attributes()) {
            boolean differs = !planned.get(attribute.name()).equals(before.get(attribute.name()));
            if (differs && attribute.is(Trait.REPLACES)) {
                replaces.add(ValuePath.ROOT.name(attribute.name()));
            }
            if (isChange && attribute.is(Trait.CHANGES)) {
                result = result.with(attribute.name(), CtyValue.UNKNOWN);
            }
        }
        return new Plan(result, replaces, isChange);
    }

    private static CtyValue.Fields object(
            List<Attribute> attributes, Optional<CtyValue.Fields> prior, CtyValue.Fields config) {
        SortedMap<String, CtyValue> values = new TreeMap<>();
        for (Attribute attribute : attributes) {
            Optional<CtyValue> before = prior.map(fields -> fields.get(attribute.name()));
            values.put(attribute.name(), value(attribute, before, config.get(attribute.name())));
        }
        return new CtyValue.Fields(values);
    }

    private static CtyValue value(Attribute attribute, Optional<CtyValue> before, CtyValue config) {
        if (attribute.is(Trait.WRITE_ONLY)) {
            return CtyValue.NULL;
        }
        CtyValue wanted = config instanceof CtyValue.Null ? attribute.fallback().orElse(CtyValue.NULL) : config;
        if (wanted instanceof CtyValue.Null) {
            return attribute.isComputed() ? before.orElse(CtyValue.UNKNOWN) : wanted;
        }
        if (before.filter(value -> attribute.likeness().alike(value, wanted)).isPresent()) {
            return before.get();
        }
        return attribute.type() instanceof AttributeType.Nested nested ? nested(nested, before, wanted) : wanted;
    }

    private static CtyValue nested(AttributeType.Nested type, Optional<CtyValue> before, CtyValue config) {
        return switch (config) {
            case CtyValue.Fields fields
            when type.nesting() == AttributeType.Nesting.SINGLE -> object(type.attributes(), fields(before), fields);
            case CtyValue.Fields objects -> {
                SortedMap<String, CtyValue> values = new TreeMap<>();
                objects.values().forEach((key, one) -> {
                    Optional<CtyValue> was = fields(before).map(fields -> fields.get(key));
                    values.put(key, element(type, was, one));
                });
                yield new CtyValue.Fields(values);
            }
            case CtyValue.Items items -> {
                var values = new ArrayList<CtyValue>();
                for (int i = 0; i < items.values().size(); i++) {
                    Optional<CtyValue> was =
                            type.nesting() == AttributeType.Nesting.LIST ? at(before, i) : Optional.empty();
                    values.add(element(type, was, items.values().get(i)));
                }
                yield new CtyValue.Items(values);
            }
            default -> config;
        };
    }

    private static CtyValue element(AttributeType.Nested type, Optional<CtyValue> before, CtyValue config) {
        return config instanceof CtyValue.Fields fields ? object(type.attributes(), fields(before), fields) : config;
    }

    private static Optional<CtyValue.Fields> fields(Optional<CtyValue> value) {
        return value.filter(CtyValue.Fields.class::isInstance).map(CtyValue.Fields.class::cast);
    }

    private static Optional<CtyValue> at(Optional<CtyValue> value, int index) {
        return value.filter(CtyValue.Items.class::isInstance)
                .map(CtyValue.Items.class::cast)
                .filter(items -> index < items.values().size())
                .map(items -> items.values().get(index));
    }
}
