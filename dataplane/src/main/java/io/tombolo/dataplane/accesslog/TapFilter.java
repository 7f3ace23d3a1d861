package io.tombolo.dataplane.accesslog;

import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which entries somebody wants to see, and how many of them.
 * @param service {@code name} or {@code name.namespace}; empty = any
 * @param method  of HTTP, upper case; empty = any
 * @param status  three digits, or a class such as {@code 5xx}; empty = any
 * @param failed  only those that somebody is to blame for
 * @param rate    most entries a second, 1 to 10000; what is more is counted only
 */
public record TapFilter(
        Optional<Direction> direction, String service, String method, String status, boolean failed, int rate) {
    /** Any, up to 100 a second. */
    public static final TapFilter ANY = new TapFilter(Optional.empty(), "", "", "", false, 100);

    private static final Set<String> KEYS = Set.of("direction", "service", "method", "status", "failed", "rate");

    public TapFilter {
        check(status.isEmpty() || status.matches("[0-9]{3}|[1-5]xx"), "status", status, "such as 404 or 5xx");
        check(rate >= 1 && rate <= 10_000, "rate", "" + rate, "1 to 10000");
    }

    /**
     * Reads what was asked for by name.
     * @throws TomboloException BAD_TAP_FILTER
     */
    public static TapFilter parse(Map<String, String> asked) {
        Set<String> unknown = new TreeSet<>(asked.keySet());
        unknown.removeAll(KEYS);
        check(unknown.isEmpty(), "" + unknown, "", "one of " + new TreeSet<>(KEYS));
        return new TapFilter(
                direction(asked.getOrDefault("direction", "")),
                asked.getOrDefault("service", ""),
                asked.getOrDefault("method", "").toUpperCase(Locale.ROOT),
                asked.getOrDefault("status", "").toLowerCase(Locale.ROOT),
                asked.getOrDefault("failed", "false").equals("true"),
                rate(asked.getOrDefault("rate", "" + ANY.rate)));
    }

    private static Optional<Direction> direction(String text) {
        Optional<Direction> named = Arrays.stream(Direction.values())
                .filter(direction -> direction.name().equalsIgnoreCase(text))
                .findFirst();
        check(text.isEmpty() || named.isPresent(), "direction", text, "outbound or inbound");
        return named;
    }

    private static int rate(String text) {
        check(text.matches("[0-9]{1,5}"), "rate", text, "1 to 10000");
        return Integer.parseInt(text);
    }

    private static void check(boolean holds, String key, String value, String expected) {
        if (!holds) {
            throw new TomboloException(
                    Fault.BAD_TAP_FILTER, key + " = " + value, "cannot be asked", "expected " + expected);
        }
    }

    boolean takes(Access access) {
        return direction.map(wanted -> wanted == access.direction()).orElse(true)
                && (!failed || access.blame().isPresent())
                && isOfService(access.destination())
                && (method.isEmpty()
                        || access.http()
                                .filter(http -> http.method().equals(method))
                                .isPresent())
                && (status.isEmpty()
                        || access.http()
                                .filter(http -> hasStatus(http.status()))
                                .isPresent());
    }

    private boolean isOfService(Party called) {
        return service.isEmpty()
                || service.equals(called.service())
                || service.equals(called.service() + "." + called.namespace());
    }

    private boolean hasStatus(int code) {
        return status.endsWith("xx") ? code / 100 == status.charAt(0) - '0' : status.equals("" + code);
    }
}
