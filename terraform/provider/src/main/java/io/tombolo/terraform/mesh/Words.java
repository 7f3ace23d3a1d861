package io.tombolo.terraform.mesh;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.AttributeType;
import io.tombolo.terraform.schema.Check;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Durations;
import io.tombolo.terraform.schema.Likeness;
import java.time.Duration;

/** Short forms in which kinds are declared. */
final class Words {
    static final String MESH = "tombolo.io/v1";
    static final String GATEWAY = "gateway.networking.k8s.io/v1";
    static final Duration ZERO = Duration.ZERO;
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_LABELS = 256;

    private Words() {}

    static Attribute text(String name, String description, Check... checks) {
        return checked(Attribute.optional(name, CtyType.Primitive.STRING, description), checks);
    }

    static Attribute requiredText(String name, String description, Check... checks) {
        return checked(Attribute.required(name, CtyType.Primitive.STRING, description), checks);
    }

    static Attribute truth(String name, String description) {
        return Attribute.optional(name, CtyType.Primitive.BOOL, description);
    }

    static Attribute number(String name, long least, long most, String description) {
        return Attribute.optional(name, CtyType.Primitive.NUMBER, description + " " + least + " to " + most + ".")
                .with(Checks.between(least, most));
    }

    static Attribute requiredNumber(String name, long least, long most, String description) {
        return Attribute.required(name, CtyType.Primitive.NUMBER, description + " " + least + " to " + most + ".")
                .with(Checks.between(least, most));
    }

    static Attribute duration(String name, Duration least, Duration most, String description) {
        return Attribute.optional(
                        name,
                        CtyType.Primitive.STRING,
                        description + " A duration such as `1m30s`, `" + Durations.text(least) + "` to `"
                                + Durations.text(most) + "`.")
                .with(Checks.lasts(least, most))
                .with(Likeness.DURATION);
    }

    static Attribute texts(String name, String description, Check... checks) {
        return checked(Attribute.optional(name, new CtyType.ListOf(CtyType.Primitive.STRING), description), checks);
    }

    static Attribute labels(String name, int most, String description) {
        return Attribute.optional(name, new CtyType.MapOf(CtyType.Primitive.STRING), description)
                .with(Checks.atMost(most));
    }

    static Attribute labels(String name, String description) {
        return labels(name, MOST_LABELS, description);
    }

    static Attribute object(String name, String description, Attribute... attributes) {
        return Attribute.nested(name, Attribute.Mode.OPTIONAL, AttributeType.Nesting.SINGLE, description, attributes);
    }

    static Attribute requiredObject(String name, String description, Attribute... attributes) {
        return Attribute.nested(name, Attribute.Mode.REQUIRED, AttributeType.Nesting.SINGLE, description, attributes);
    }

    static Attribute objects(String name, int most, String description, Attribute... attributes) {
        return Attribute.nested(name, Attribute.Mode.OPTIONAL, AttributeType.Nesting.LIST, description, attributes)
                .with(Checks.atMost(most));
    }

    static Attribute requiredObjects(String name, int most, String description, Attribute... attributes) {
        return Attribute.nested(name, Attribute.Mode.REQUIRED, AttributeType.Nesting.LIST, description, attributes)
                .with(Checks.count(1, most));
    }

    private static Attribute checked(Attribute attribute, Check... checks) {
        Attribute all = attribute;
        for (Check check : checks) {
            all = all.with(check);
        }
        return all;
    }
}
