package io.tombolo.controller.api;

import io.tombolo.model.setting.Setting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a token may wait to be used. */
final class Ttl {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration USUAL = Duration.ofMinutes(15);

    private Ttl() {}

    /** @param seconds absent = 15 minutes */
    static Duration of(@Nullable Long seconds) {
        Duration ttl = seconds == null ? USUAL : Duration.ofSeconds(seconds);
        Setting.check(
                ttl.toSeconds() >= 1 && ttl.compareTo(LONGEST) <= 0,
                "ttlSeconds",
                ttl.toSeconds(),
                "1 to 604800 (7 days)");
        return ttl;
    }
}
