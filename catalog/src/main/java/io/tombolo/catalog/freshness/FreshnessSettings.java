package io.tombolo.catalog.freshness;

import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * Keys {@code freshness.*}.
 * @param minInterval {@code freshness.min-interval}: shortest time between pulses; 100 ms to 1 min, default 1 s
 * @param lease       {@code freshness.lease}: after it an origin is EXPIRED; 3 s to 24 h, default max(30 s, 10 intervals)
 * @param minStale    {@code freshness.min-stale}: no origin is STALE earlier; 300 ms to 1 h, default 5 s
 * @param delayedBy   {@code freshness.delayed-by}: issue time off by more is STALE; 1 s to 1 h, default 30 s
 * @param maxBlind    {@code freshness.max-blind}: without news of the members for longer, local only; 1 min to 30 d,
 *     default 24 h
 */
public record FreshnessSettings(
        Duration minInterval, Optional<Duration> lease, Duration minStale, Duration delayedBy, Duration maxBlind) {
    public static final FreshnessSettings DEFAULT = new FreshnessSettings(
            Duration.ofSeconds(1),
            Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofHours(24));

    /** Members per second of interval. */
    private static final long MEMBERS_PER_SECOND = 100;

    public FreshnessSettings {
        check("min-interval", minInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
        lease.ifPresent(value -> check("lease", value, Duration.ofSeconds(3), Duration.ofHours(24)));
        check("min-stale", minStale, Duration.ofMillis(300), Duration.ofHours(1));
        check("delayed-by", delayedBy, Duration.ofSeconds(1), Duration.ofHours(1));
        check("max-blind", maxBlind, Duration.ofMinutes(1), Duration.ofDays(30));
    }

    /** Time between pulses: max(min-interval, N/100 s). */
    public Duration interval(int members) {
        return max(minInterval, Duration.ofMillis(members * 1_000L / MEMBERS_PER_SECOND));
    }

    /** Three missed intervals, but not before min-stale. */
    public Duration staleAfter(int members) {
        return max(minStale, interval(members).multipliedBy(3));
    }

    /** Set, or max(30 s, 10 intervals). */
    public Duration leaseOf(int members) {
        return lease.orElseGet(
                () -> max(Duration.ofSeconds(30), interval(members).multipliedBy(10)));
    }

    /** An own pulse that was not read back for so long proves nothing any more: max(3 s, 3 intervals). */
    public Duration proofOf(int members) {
        return max(Duration.ofSeconds(3), interval(members).multipliedBy(3));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static void check(String key, Duration value, Duration from, Duration to) {
        Setting.check(
                value.compareTo(from) >= 0 && value.compareTo(to) <= 0, "freshness." + key, value, from + " to " + to);
    }
}
