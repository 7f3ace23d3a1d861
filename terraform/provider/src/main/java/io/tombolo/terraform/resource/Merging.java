package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.AttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts what an object is now beside what Terraform wrote down of it, so that another spelling is no difference. */
final class Merging {
    private Merging() {}

    /** What was applied: as planned, and where the plan did not know, as it came out. */
    static CtyValue completed(CtyValue planned, CtyValue actual) {
        return switch (planned) {
            case CtyValue.Unknown _ -> actual instanceof CtyValue.Unknown ? CtyValue.NULL : actual;
            case CtyValue.Fields fields
            when !fields.isWhollyKnown() -> {
                SortedMap<String, CtyValue> values = new TreeMap<>();
                CtyValue.Fields other =
                        actual instanceof CtyValue.Fields some ? some : new CtyValue.Fields(new TreeMap<>());
                fields.values().forEach((name, value) -> values.put(name, completed(value, other.get(name))));
                yield new CtyValue.Fields(values);
            }
            case CtyValue.Items items
            when !items.isWhollyKnown() -> {
                List<CtyValue> others = actual instanceof CtyValue.Items some ? some.values() : List.of();
                var values = new ArrayList<CtyValue>();
                for (int i = 0; i < items.values().size(); i++) {
                    values.add(completed(items.values().get(i), i < others.size() ? others.get(i) : CtyValue.NULL));
                }
                yield new CtyValue.Items(values);
            }
            default -> planned;
        };
    }

    /** What was read: as the state spells it where that means the same. */
    static CtyValue.Fields read(List<Attribute> attributes, CtyValue.Fields state, CtyValue.Fields actual) {
        SortedMap<String, CtyValue> values = new TreeMap<>();
        for (Attribute attribute : attributes) {
            String name = attribute.name();
            values.put(name, value(attribute, state.get(name), actual.get(name)));
        }
        return new CtyValue.Fields(values);
    }

    private static CtyValue value(Attribute attribute, CtyValue state, CtyValue actual) {
        if (attribute.is(Attribute.Trait.WRITE_ONLY)) {
            return CtyValue.NULL;
        }
        if (attribute.likeness().alike(state, actual)) {
            return state;
        }
        if (!(attribute.type() instanceof AttributeType.Nested nested)) {
            return actual;
        }
        return switch (actual) {
            case CtyValue.Fields now
            when nested.nesting() == AttributeType.Nesting.SINGLE && state instanceof CtyValue.Fields was ->
                read(nested.attributes(), was, now);
            case CtyValue.Items now
            when nested.nesting() == AttributeType.Nesting.LIST && state instanceof CtyValue.Items was ->
                list(nested, was, now);
            default -> actual;
        };
    }

    private static CtyValue list(AttributeType.Nested nested, CtyValue.Items was, CtyValue.Items now) {
        var values = new ArrayList<CtyValue>();
        for (int i = 0; i < now.values().size(); i++) {
            boolean both = i < was.values().size()
                    && was.values().get(i) instanceof CtyValue.Fields
                    && now.values().get(i) instanceof CtyValue.Fields;
            values.add(
                    both
                            ? read(
                                    nested.attributes(),
                                    (CtyValue.Fields) was.values().get(i),
                                    (CtyValue.Fields) now.values().get(i))
                            : now.values().get(i));
        }
        return new CtyValue.Items(values);
    }
}
