package io.tombolo.cli.evidence;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Something that was looked at: seen, or not known and why. Who judges gets at a value only if there is one, and what is not known
 * is reported by who judges all of it, so that it is never taken for well.
 */
public sealed interface Fact<T> {
    /** It was seen. */
    record Seen<T>(T value) implements Fact<T> {}

    /** It could not be looked at. */
    record Unknown<T>(Fault fault, String where, String why, String fix) implements Fact<T> {}

    static <T> Fact<T> seen(T value) {
        return new Seen<>(value);
    }

    static <T> Fact<T> unknown(String where, String why, String fix) {
        return new Unknown<>(Fault.NOT_LOOKED_AT, where, why, fix);
    }

    /** What {@code reading} gives; a fault is a reason not to know. */
    static <T> Fact<T> of(Supplier<T> reading) {
        try {
            return new Seen<>(reading.get());
        } catch (TomboloException failed) {
            return new Unknown<>(failed.fault(), failed.where(), failed.what(), failed.fix());
        }
    }

    /** What follows from it. */
    default <R> Fact<R> then(Function<T, R> next) {
        return switch (this) {
            case Seen<T>(T value) -> of(() -> next.apply(value));
            case Unknown<T>(Fault fault, String where, String why, String fix) -> new Unknown<>(fault, where, why, fix);
        };
    }

    /** The value, if there is one. */
    default Stream<T> stream() {
        return this instanceof Seen<T>(T value) ? Stream.of(value) : Stream.empty();
    }
}
