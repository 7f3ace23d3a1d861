package io.tombolo.terraform.mesh;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.AttributeType;

/** Short forms of what data sources find. */
final class Found {
    private Found() {}

    static Attribute text(String name, String description) {
        return Attribute.computed(name, CtyType.Primitive.STRING, description);
    }

    static Attribute truth(String name, String description) {
        return Attribute.computed(name, CtyType.Primitive.BOOL, description);
    }

    static Attribute number(String name, String description) {
        return Attribute.computed(name, CtyType.Primitive.NUMBER, description);
    }

    static Attribute texts(String name, String description) {
        return Attribute.computed(name, new CtyType.ListOf(CtyType.Primitive.STRING), description);
    }

    static Attribute objects(String name, String description, Attribute... attributes) {
        return Attribute.nested(name, Attribute.Mode.COMPUTED, AttributeType.Nesting.LIST, description, attributes);
    }
}
