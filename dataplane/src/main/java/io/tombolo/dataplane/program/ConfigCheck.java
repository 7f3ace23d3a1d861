package io.tombolo.dataplane.program;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.setting.Problems;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks one program's configuration and collects what is wrong, so that the user hears all of it at once. Every key is given
 * without the program's name. On one thread.
 */
public final class ConfigCheck {
    private final String program;
    private final Function<String, Raw> read;
    private final Problems problems;

    /**
     * A setting as the user wrote it.
     * @param value      null if nobody set it
     * @param sourceName where it was read, in the configuration library's words
     */
    public record Raw(@Nullable String value, @Nullable String sourceName) {}

    /** @param read looks up a whole key, the program's name included */
    public ConfigCheck(String program, Function<String, Raw> read) {
        this.program = program;
        this.read = read;
        this.problems = new Problems(program);
    }

    /**
     * What the configuration library itself refuses: keys that do not exist, values that do not parse, what is missing.
     * @param found     its messages
     * @param knownKeys every key that exists, whole
     */
    public static TomboloException refused(String program, List<String> found, Collection<String> knownKeys) {
        return Problems.refusal(
                program,
                found.stream()
                        .map(problem -> UnknownKey.explained(problem, knownKeys))
                        .toList());
    }

    /** @throws TomboloException BAD_SETTING with every problem and its source, if there is any */
    public void throwIfAny() {
        problems.throwIfAny();
    }

    /** A value whose own check names its key; {@code instead} stands in for it when it is refused. */
    public <T> T valid(Supplier<T> value, T instead) {
        try {
            return value.get();
        } catch (TomboloException bad) {
            String key = bad.where().replaceFirst(" = .*", "");
            add(key, bad.where().replaceFirst("[^=]* = ", ""), bad.fix());
            return instead;
        }
    }

    /** A value of {@code key}. */
    public <T> T valid(String key, Supplier<T> value, T instead) {
        try {
            return value.get();
        } catch (TomboloException bad) {
            add(key, "", bad.what() + "; " + bad.fix());
            return instead;
        }
    }

    /** Some texts, each of which is parsed; blank ones do not count. */
    public <T> List<T> list(String key, Optional<List<String>> texts, Function<String, T> parse) {
        return valid(
                key,
                () -> texts.orElse(List.of()).stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(parse)
                        .toList(),
                List.of());
    }

    /** Some {@code host:port}. */
    public List<HostPort> hostPorts(String key, Optional<List<String>> texts) {
        return list(key, texts, HostPort::parse);
    }

    /** An address to listen on, of {@code key.host} and {@code key.port}. */
    public InetSocketAddress address(String key, String host, int port) {
        range(key + ".port", port, 0, 65_535);
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Math.clamp(port, 0, 65_535));
        } catch (UnknownHostException unknown) {
            check(key + ".host", host, false, "an address of this machine");
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }
    }

    public void range(String key, int value, int least, int most) {
        check(key, value, value >= least && value <= most, least + " to " + most);
    }

    public void range(String key, Duration value, Duration least, Duration most) {
        check(key, value, value.compareTo(least) >= 0 && value.compareTo(most) <= 0, text(least) + " to " + text(most));
    }

    public void check(String key, Object value, boolean holds, String expected) {
        if (!holds) {
            add(key, value, "expected " + expected);
        }
    }

    /** @param value shown only if the user did not write one */
    private void add(String key, Object value, String expected) {
        Raw raw = read.apply(program + "." + key);
        problems.add(
                program + "." + key,
                raw.value() == null ? value : raw.value(),
                ConfigOrigin.of(raw.sourceName()),
                expected);
    }

    /** As users write it: {@code 10ms}, {@code 2s}, {@code 1h}. */
    private static String text(Duration time) {
        if (time.toMillis() % 1_000 != 0) {
            return time.toMillis() + "ms";
        }
        if (time.toSeconds() % 60 != 0) {
            return time.toSeconds() + "s";
        }
        return time.toMinutes() % 60 == 0 && !time.isZero() ? time.toHours() + "h" : time.toMinutes() + "m";
    }
}
