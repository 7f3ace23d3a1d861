package io.tombolo.dataplane.feed;

import io.tombolo.model.setting.Setting;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the feed is followed.
 * @param stateDirectory exists, owned by this user
 * @param maxUpdateBytes largest update taken, 64 KiB to 256 MiB
 * @param minBackoff     shortest wait before the controller is asked again; 10 ms to maxBackoff
 * @param maxBackoff     longest, up to 60 s; waits double in between and are jittered
 */
public record FeedSettings(Path stateDirectory, int maxUpdateBytes, Duration minBackoff, Duration maxBackoff) {
    private static final int KIB = 1_024;

    public FeedSettings {
        Setting.check(
                maxUpdateBytes >= 64 * KIB && maxUpdateBytes <= 256 * KIB * KIB,
                "feed.max-update-bytes",
                maxUpdateBytes,
                "65536 to 268435456");
        boolean inRange = minBackoff.compareTo(Duration.ofMillis(10)) >= 0 && minBackoff.compareTo(maxBackoff) <= 0;
        Setting.check(inRange, "feed.backoff-min", minBackoff, "10ms to feed.backoff-max");
        Setting.check(maxBackoff.compareTo(Duration.ofMinutes(1)) <= 0, "feed.backoff-max", maxBackoff, "up to 60s");
    }

    /** Everything but the directory by default. */
    public static FeedSettings in(Path stateDirectory) {
        return new FeedSettings(stateDirectory, 64 * KIB * KIB, Duration.ofMillis(100), Duration.ofSeconds(5));
    }
}
