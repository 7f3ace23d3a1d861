package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.fixture.PlainHttp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What both ends saw of one exchange, each thing with a name: {@code app} and {@code canary} are the request as the two
 * applications got it ({@code app2} a second one), {@code got} is the status of the answer as the client did; {@code .x} a
 * header, {@code .body}, {@code .trailer.x} what else came with it. What only one proxy adds for its own use is left out.
 */
final class Observed {
    private static final Set<String> OF_PROXIES = Set.of("x-forwarded-proto", "date", "server", "connection");

    private final Map<String, String> seen = new TreeMap<>();

    /** A message as somebody got it. */
    void message(String who, String line, PlainHttp.Message message) {
        seen.put(who, line);
        seen.put(who + ".body", message.body());
        fields(who + ".", message.fields());
        fields(who + ".trailer.", message.trailers());
    }

    private void fields(String prefix, List<PlainHttp.Field> fields) {
        fields.stream()
                .filter(field -> !OF_PROXIES.contains(field.name())
                        && !field.name().startsWith("x-envoy-")
                        && !field.name().startsWith("tombolo-"))
                .forEach(field -> seen.merge(prefix + field.name(), field.value(), (one, other) -> one + "," + other));
    }

    void add(String name, String value) {
        seen.merge(name, value, (one, other) -> one + " " + other);
    }

    void replace(String name, String value) {
        seen.put(name, value);
    }

    /** Empty if nothing was seen of it. */
    Optional<String> value(String name) {
        return Optional.ofNullable(seen.get(name));
    }

    /** Lines that say what is not as a row wants it. */
    Stream<String> against(Map<String, String> expects) {
        return expects.entrySet().stream()
                .filter(wanted -> !value(wanted.getKey()).orElse("-").equals(wanted.getValue()))
                .map(wanted -> wanted.getKey() + " is "
                        + shown(value(wanted.getKey()).orElse("-")) + ", not " + shown(wanted.getValue()));
    }

    /** The names of what is not the same. */
    Set<String> differences(Observed other) {
        var names = new TreeSet<>(seen.keySet());
        names.addAll(other.seen.keySet());
        names.removeIf(name -> value(name).equals(other.value(name)));
        return names;
    }

    static String shown(String text) {
        return text.length() <= 200
                ? "'" + text + "'"
                : "'" + text.substring(0, 60) + "…' (" + text.length() + " bytes, hash " + text.hashCode() + ")";
    }
}
