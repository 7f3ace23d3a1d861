package io.tombolo.terraform.cty;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A value, without its type. Equal values are equal objects; numbers by what they are worth. */
public sealed interface CtyValue {
    /** The value that is not there. */
    CtyValue NULL = new Null();

    /** The value that is known only after something was applied. */
    CtyValue UNKNOWN = new Unknown();

    /** Whether it is there, and known. */
    default boolean isKnown() {
        return !(this instanceof Null || this instanceof Unknown);
    }

    /** Whether it and all of its parts are known; null is. */
    default boolean isWhollyKnown() {
        return switch (this) {
            case Unknown _ -> false;
            case Items items -> items.values().stream().allMatch(CtyValue::isWhollyKnown);
            case Fields fields -> fields.values().values().stream().allMatch(CtyValue::isWhollyKnown);
            case Typed typed -> typed.value().isWhollyKnown();
            case Null _, Text _, Num _, Bool _ -> true;
        };
    }

    /** See {@link #NULL}. */
    record Null() implements CtyValue {}

    /** See {@link #UNKNOWN}. */
    record Unknown() implements CtyValue {}

    record Text(String value) implements CtyValue {}

    /** Of any size and precision that anybody has a use for: a few bytes can name a number that no memory holds. */
    record Num(BigDecimal value) implements CtyValue {
        private static final int MOST_DIGITS = 10_000;

        public Num {
            if (Math.abs((long) value.scale()) + value.precision() > MOST_DIGITS) {
                throw new MalformedValue("a number of more than " + MOST_DIGITS + " digits");
            }
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        public Num(long value) {
            this(BigDecimal.valueOf(value));
        }
    }

    record Bool(boolean value) implements CtyValue {}

    /** Of a list, a set, or a tuple. */
    record Items(List<CtyValue> values) implements CtyValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** Of an object or a map, by name. */
    record Fields(SortedMap<String, CtyValue> values) implements CtyValue {
        public Fields {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        public Fields(Map<String, CtyValue> values) {
            this(new TreeMap<>(values));
        }

        /** Null if there is none of this name. */
        public CtyValue get(String name) {
            return values.getOrDefault(name, NULL);
        }

        /** The text there; empty if it is null or not known. */
        public Optional<String> text(String name) {
            return get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
        }

        /** The same with another value of this name. */
        public Fields with(String name, CtyValue value) {
            var changed = new TreeMap<>(values);
            changed.put(name, value);
            return new Fields(changed);
        }
    }

    /** Where the type says {@link CtyType.Primitive#DYNAMIC}: a value with a type of its own. */
    record Typed(CtyType type, CtyValue value) implements CtyValue {}

    /** Of a text. */
    static CtyValue of(String text) {
        return new Text(text);
    }

    /** Of texts, in order. */
    static CtyValue of(List<String> texts) {
        return new Items(texts.stream().map(CtyValue::of).toList());
    }

    /** Of texts by name. */
    static CtyValue of(Map<String, String> texts) {
        SortedMap<String, CtyValue> values = new TreeMap<>();
        texts.forEach((name, text) -> values.put(name, of(text)));
        return new Fields(values);
    }
}
