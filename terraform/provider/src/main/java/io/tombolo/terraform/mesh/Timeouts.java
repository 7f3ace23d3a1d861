package io.tombolo.terraform.mesh;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Durations;
import java.time.Duration;

/** How long a resource is waited for. */
final class Timeouts {
    static final String NAME = "timeouts";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private Timeouts() {}

    static Attribute attribute(Duration usual) {
        String text = "`" + Durations.text(usual) + "` if nothing is said.";
        return Words.object(
                NAME,
                "How long to wait.",
                Words.duration("create", SHORTEST, LONGEST, "Until it is made. " + text),
                Words.duration("update", SHORTEST, LONGEST, "Until it is changed. " + text));
    }

    static Duration of(CtyValue.Fields values, String what, Duration usual) {
        return values.get(NAME) instanceof CtyValue.Fields timeouts
                ? timeouts.text(what).flatMap(Durations::parse).orElse(usual)
                : usual;
    }

    static CtyValue of(CtyValue.Fields values) {
        return values.get(NAME);
    }
}
