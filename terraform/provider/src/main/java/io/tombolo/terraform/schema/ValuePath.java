package io.tombolo.terraform.schema;

import java.util.ArrayList;
import java.util.List;

/** A place in a configuration. */
public record ValuePath(List<Step> steps) {
    /** The whole object. */
    public static final ValuePath ROOT = new ValuePath(List.of());

    /** Terraform finds the line of an attribute or of one of its elements, and of nothing below. */
    private static final int DEEPEST_WITH_A_LINE = 2;

    /** One step down. */
    public sealed interface Step {
        /** An attribute of an object. */
        record Name(String name) implements Step {}

        /** A value of a map. */
        record Key(String key) implements Step {}

        /** A value of a list, from 0; of sets there are no such steps. */
        record Index(int index) implements Step {}
    }

    public ValuePath {
        steps = List.copyOf(steps);
    }

    /** An attribute of the object there. */
    public ValuePath name(String name) {
        return then(new Step.Name(name));
    }

    /** A value of the list there. */
    public ValuePath index(int index) {
        return then(new Step.Index(index));
    }

    /** A value of the map there. */
    public ValuePath key(String key) {
        return then(new Step.Key(key));
    }

    private ValuePath then(Step step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new ValuePath(longer);
    }

    /** The part of it that Terraform can show the line of; the text of a problem says the rest. */
    public ValuePath withALine() {
        return steps.size() <= DEEPEST_WITH_A_LINE ? this : new ValuePath(steps.subList(0, DEEPEST_WITH_A_LINE));
    }

    /** As users write it: {@code tiers[0].clusters.only}. */
    public String text() {
        var text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Name(String name) ->
                    text.append(text.isEmpty() ? "" : ".").append(name);
                case Step.Key(String key) -> text.append("[\"").append(key).append("\"]");
                case Step.Index(int index) -> text.append('[').append(index).append(']');
            }
        }
        return text.toString();
    }
}
