package io.tombolo.dataplane.probe;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How often paths are measured.
 * @param interval   between pings, 100 ms to 60 s; a ping without an answer by the next one is missed, and after a missed one
 *     they go out four times as often
 * @param misses     in a row that make a path DOWN, 1 to 20
 * @param rehandshake a connection is replaced after this time, jittered by 20 %; interval to 1 h
 * @param dialTimeout for TCP and for the handshake, 10 ms to 60 s
 * @param maxBackoff between attempts at a path that is down, up to 60 s
 * @param maxTargets 1 to 1024
 */
public record ProbeSettings(
        Duration interval,
        int misses,
        Duration rehandshake,
        Duration dialTimeout,
        Duration maxBackoff,
        int maxTargets) {
    public static final ProbeSettings DEFAULT = new ProbeSettings(
            Duration.ofSeconds(1), 3, Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofSeconds(15), 64);

    public ProbeSettings {
        check(interval, Duration.ofMillis(100), Duration.ofMinutes(1), "probe.interval");
        check(rehandshake, interval, Duration.ofHours(1), "probe.rehandshake");
        check(dialTimeout, Duration.ofMillis(10), Duration.ofMinutes(1), "probe.dial-timeout");
        check(maxBackoff, interval, Duration.ofMinutes(1), "probe.backoff-max");
        Setting.check(misses >= 1 && misses <= 20, "probe.misses", misses, "1 to 20");
        Setting.check(maxTargets >= 1 && maxTargets <= 1_024, "probe.max-targets", maxTargets, "1 to 1024");
    }

    private static void check(Duration value, Duration least, Duration most, String key) {
        Setting.check(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, key, value, least + " to " + most);
    }
}
