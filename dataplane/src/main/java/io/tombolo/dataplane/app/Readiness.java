package io.tombolo.dataplane.app;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.setting.Setting;
import java.net.URI;
import java.time.Duration;

/**
 * A page by which an application itself says whether it wants calls, as a readiness probe of Kubernetes asks for it.
 *
 * @param at       the application's HTTP port
 * @param path     with its query, such as {@code /ready}
 * @param interval between two questions, 100 ms to 5 min
 * @param timeout  until an answer has begun, 10 ms to 1 min
 * @param failures in a row after which it is not ready, 1 to 100
 */
public record Readiness(HostPort at, String path, Duration interval, Duration timeout, int failures) {
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
    private static final int MOST_FAILURES = 100;

    public Readiness {
        Setting.check(isPath(at, path), "readiness.path", path, "a path that begins with /");
        Setting.check(
                isWithin(interval, SHORTEST_INTERVAL, LONGEST_INTERVAL), "readiness.interval", interval, "100ms to 5m");
        Setting.check(isWithin(timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT), "readiness.timeout", timeout, "10ms to 1m");
        Setting.check(failures >= 1 && failures <= MOST_FAILURES, "readiness.failures", failures, "1 to 100");
    }

    /** What is asked. */
    URI uri() {
        return URI.create("http://" + at + path);
    }

    private static boolean isPath(HostPort at, String path) {
        try {
            return path.startsWith("/") && URI.create("http://" + at + path).getPort() == at.port();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static boolean isWithin(Duration value, Duration shortest, Duration longest) {
        return value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0;
    }
}
