package io.tombolo.terraform.schema;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One attribute.
 * @param name        snake_case, as users write it
 * @param mode        who says its value
 * @param traits      what else is special about it
 * @param fallback    its value when the configuration has none
 * @param likeness    when two different values of it mean the same
 * @param checks      what can be said about a known value without asking anybody
 * @param description Markdown, for the documentation
 */
public record Attribute(
        String name,
        AttributeType type,
        Mode mode,
        Set<Trait> traits,
        Optional<CtyValue> fallback,
        Likeness likeness,
        List<Check> checks,
        String description) {
    /** Who says a value. */
    public enum Mode {
        REQUIRED,
        OPTIONAL,
        /** The provider alone. */
        COMPUTED,
        /** The provider where the configuration does not. */
        OPTIONAL_COMPUTED
    }

    /** What else is special. */
    public enum Trait {
        /** Not shown in output. */
        SENSITIVE,
        /** In no state and no plan; read from the configuration when it is applied. */
        WRITE_ONLY,
        /** Another value means another object. */
        REPLACES,
        /** Computed, and another one after each change of something else. */
        CHANGES
    }

    public Attribute {
        traits = Set.copyOf(traits);
        checks = List.copyOf(checks);
    }

    private static Attribute of(String name, AttributeType type, Mode mode, String description) {
        return new Attribute(name, type, mode, Set.of(), Optional.empty(), Likeness.EQUAL, List.of(), description);
    }

    /** One that every configuration has. */
    public static Attribute required(String name, CtyType type, String description) {
        return of(name, new AttributeType.Plain(type), Mode.REQUIRED, description);
    }

    /** One that a configuration may have. */
    public static Attribute optional(String name, CtyType type, String description) {
        return of(name, new AttributeType.Plain(type), Mode.OPTIONAL, description);
    }

    /** One that no configuration has. */
    public static Attribute computed(String name, CtyType type, String description) {
        return of(name, new AttributeType.Plain(type), Mode.COMPUTED, description);
    }

    /** Objects that a configuration has to have, or may have. */
    public static Attribute nested(
            String name, Mode mode, AttributeType.Nesting nesting, String description, Attribute... attributes) {
        return of(name, new AttributeType.Nested(nesting, List.of(attributes)), mode, description);
    }

    /** The same, with this value where the configuration has none. */
    public Attribute or(CtyValue value) {
        return new Attribute(
                name, type, Mode.OPTIONAL_COMPUTED, traits, Optional.of(value), likeness, checks, description);
    }

    /** The same with something special. */
    public Attribute with(Trait trait) {
        var more = new java.util.HashSet<>(traits);
        more.add(trait);
        return new Attribute(name, type, mode, more, fallback, likeness, checks, description);
    }

    /** The same with something to check. */
    public Attribute with(Check check) {
        var more = new ArrayList<>(checks);
        more.add(check);
        return new Attribute(name, type, mode, traits, fallback, likeness, more, description);
    }

    /** The same, compared in another way. */
    public Attribute with(Likeness other) {
        return new Attribute(name, type, mode, traits, fallback, other, checks, description);
    }

    /** Whether it has the trait. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether a configuration may have it. */
    public boolean isConfigurable() {
        return mode != Mode.COMPUTED;
    }

    /** Whether the provider may say its value. */
    public boolean isComputed() {
        return mode == Mode.COMPUTED || mode == Mode.OPTIONAL_COMPUTED;
    }
}
