package io.tombolo.terraform.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.terraform.cty.CtyType.Primitive;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Attribute.Trait;
import io.tombolo.terraform.schema.AttributeType.Nesting;
import io.tombolo.terraform.schema.Likeness;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private static final Schema SCHEMA = new Schema(
            "",
            List.of(
                    Attribute.required("name", Primitive.STRING, "").with(Trait.REPLACES),
                    Attribute.optional("namespace", Primitive.STRING, "").or(CtyValue.of("default")),
                    Attribute.optional("hold", Primitive.STRING, "").with(Likeness.DURATION),
                    Attribute.optional("secret", Primitive.STRING, "").with(Trait.WRITE_ONLY),
                    Attribute.nested(
                            "tiers",
                            Attribute.Mode.OPTIONAL,
                            Nesting.LIST,
                            "",
                            Attribute.optional("hold", Primitive.STRING, "").with(Likeness.DURATION)),
                    Attribute.computed("id", Primitive.STRING, ""),
                    Attribute.computed("generation", Primitive.NUMBER, "").with(Trait.CHANGES)));

    private static final CtyValue.Fields STATE = fields(Map.of(
            "name", CtyValue.of("a"),
            "namespace", CtyValue.of("default"),
            "hold", CtyValue.of("60s"),
            "secret", CtyValue.NULL,
            "tiers", CtyValue.NULL,
            "id", CtyValue.of("east/default/a"),
            "generation", new CtyValue.Num(3)));

    @Test
    void whatIsMadeIsAsConfiguredWithItsDefaultsAndTheRestUnknown() {
        var plan = Planning.of(SCHEMA, Optional.empty(), config("a", "10s"));
        assertThat(plan.planned().get("name")).isEqualTo(CtyValue.of("a"));
        assertThat(plan.planned().get("namespace")).isEqualTo(CtyValue.of("default"));
        assertThat(plan.planned().get("hold")).isEqualTo(CtyValue.of("10s"));
        assertThat(plan.planned().get("id")).isEqualTo(CtyValue.UNKNOWN);
        assertThat(plan.planned().get("tiers")).isEqualTo(CtyValue.NULL);
    }

    @Test
    void theSameConfigurationIsNoChange() {
        var plan = Planning.of(SCHEMA, Optional.of(STATE), config("a", "60s"));
        assertThat(plan.planned()).isEqualTo(STATE);
        assertThat(plan.isChange()).isFalse();
    }

    @Test
    void anotherSpellingOfADurationIsNoChange() {
        var plan = Planning.of(SCHEMA, Optional.of(STATE), config("a", "1m"));
        assertThat(plan.planned()).isEqualTo(STATE);
        assertThat(plan.isChange()).isFalse();
    }

    @Test
    void whatChangesWithEveryChangeIsUnknownOnlyWhenSomethingElseChanges() {
        var plan = Planning.of(SCHEMA, Optional.of(STATE), config("a", "61s"));
        assertThat(plan.planned().get("generation")).isEqualTo(CtyValue.UNKNOWN);
        assertThat(plan.planned().get("id")).isEqualTo(CtyValue.of("east/default/a"));
        assertThat(plan.replaces()).isEmpty();
    }

    @Test
    void anotherNameIsAnotherObject() {
        var plan = Planning.of(SCHEMA, Optional.of(STATE), config("b", "60s"));
        assertThat(plan.replaces()).containsExactly(ValuePath.ROOT.name("name"));
    }

    @Test
    void whatDriftedFromItsDefaultIsPlannedBack() {
        var drifted = STATE.with("namespace", CtyValue.of("other"));
        var plan = Planning.of(SCHEMA, Optional.of(drifted), config("a", "60s"));
        assertThat(plan.planned().get("namespace")).isEqualTo(CtyValue.of("default"));
    }

    @Test
    void whatIsWrittenOnlyIsInNoPlan() {
        var plan = Planning.of(SCHEMA, Optional.empty(), config("a", "60s").with("secret", CtyValue.of("s")));
        assertThat(plan.planned().get("secret")).isEqualTo(CtyValue.NULL);
    }

    @Test
    void whatIsNotKnownYetIsPlannedAsThat() {
        var plan = Planning.of(SCHEMA, Optional.of(STATE), config("a", "60s").with("hold", CtyValue.UNKNOWN));
        assertThat(plan.planned().get("hold")).isEqualTo(CtyValue.UNKNOWN);
        assertThat(plan.isChange()).isTrue();
    }

    @Test
    void insideOfListsTheSpellingOfBeforeStaysToo() {
        CtyValue before = new CtyValue.Items(List.of(fields(Map.of("hold", CtyValue.of("90s")))));
        CtyValue now = new CtyValue.Items(
                List.of(fields(Map.of("hold", CtyValue.of("1m30s"))), fields(Map.of("hold", CtyValue.of("1s")))));
        var plan = Planning.of(
                SCHEMA,
                Optional.of(STATE.with("tiers", before)),
                config("a", "60s").with("tiers", now));
        assertThat(plan.planned().get("tiers"))
                .isEqualTo(new CtyValue.Items(List.of(
                        fields(Map.of("hold", CtyValue.of("90s"))), fields(Map.of("hold", CtyValue.of("1s"))))));
    }

    private static CtyValue.Fields config(String name, String hold) {
        return fields(Map.of("name", CtyValue.of(name), "hold", CtyValue.of(hold)));
    }

    private static CtyValue.Fields fields(Map<String, CtyValue> values) {
        return new CtyValue.Fields(values);
    }
}
