package io.tombolo.model.routing;

import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What clusters must or should be like, whatever tier they are in.
 * @param require    labels that a cluster must have; who has not gets nothing, not even when nobody else is left
 * @param prefer     labels that come first within a tier
 * @param maxLatency clusters whose measured round trip is longer come after all others; 1 ms to 10 s
 */
public record Wishes(Map<String, String> require, Map<String, String> prefer, Optional<Duration> maxLatency) {
    private static final int MOST = 16;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** None. */
    public static final Wishes NONE = new Wishes(Map.of(), Map.of(), Optional.empty());

    public Wishes {
        require = Map.copyOf(require);
        prefer = Map.copyOf(prefer);
        Setting.check(require.size() <= MOST, "require", require.size(), "0 to " + MOST + " labels");
        Setting.check(prefer.size() <= MOST, "prefer", prefer.size(), "0 to " + MOST + " labels");
        maxLatency.ifPresent(limit -> Setting.check(
                limit.compareTo(SHORTEST) >= 0 && limit.compareTo(LONGEST) <= 0, "maxLatency", limit, "1ms to 10s"));
    }
}
