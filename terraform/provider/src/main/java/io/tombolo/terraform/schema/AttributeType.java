package io.tombolo.terraform.schema;

import io.tombolo.terraform.cty.CtyType;
import java.util.List;
import java.util.TreeMap;

/** What an attribute holds. */
public sealed interface AttributeType {
    /** As Terraform sees it. */
    CtyType type();

    /** A value without attributes of its own. */
    record Plain(CtyType type) implements AttributeType {}

    /** One object, or several, with attributes that are described and checked like any other. */
    record Nested(Nesting nesting, List<Attribute> attributes) implements AttributeType {
        public Nested {
            attributes = List.copyOf(attributes);
        }

        /** Of one of the objects. */
        public CtyType.ObjectOf object() {
            var types = new TreeMap<String, CtyType>();
            attributes.forEach(
                    attribute -> types.put(attribute.name(), attribute.type().type()));
            return new CtyType.ObjectOf(types);
        }

        @Override
        public CtyType type() {
            return switch (nesting) {
                case SINGLE -> object();
                case LIST -> new CtyType.ListOf(object());
                case SET -> new CtyType.SetOf(object());
                case MAP -> new CtyType.MapOf(object());
            };
        }
    }

    /** How many objects there are, and how one of them is told from another. */
    enum Nesting {
        SINGLE,
        LIST,
        SET,
        MAP
    }
}
