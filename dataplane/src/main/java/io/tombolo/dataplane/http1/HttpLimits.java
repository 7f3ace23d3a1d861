package io.tombolo.dataplane.http1;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How much of a message is waited for.
 * @param maxHeadBytes    request or status line with all header lines, and all interim heads of one answer together; 1 KiB to
 *                        1 MiB
 * @param maxFields       header lines of one head; 1 to 1000
 * @param maxTrailerBytes all trailer lines; 0 to 64 KiB
 * @param headTimeout     from a head's first byte to its last; 10 ms to 10 min
 * @param bodyTimeout     between two reads of a body that is wanted; 10 ms to 1 h
 * @param idleTimeout     between two requests of a connection; 10 ms to 24 h
 * @param takeTimeout     that bytes of an answer, or of a request, wait for another side which takes hardly any; 10 ms to 24 h
 * @param maxKeptBytes    of a request's body, until there is somebody to send it to, and for another attempt; what is larger is
 *                        sent once; 1 KiB to 16 MiB
 */
public record HttpLimits(
        int maxHeadBytes,
        int maxFields,
        int maxTrailerBytes,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration takeTimeout,
        int maxKeptBytes) {
    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** 32 KiB, 128 lines, 8 KiB of trailers; 10 s, 60 s, 75 s, 5 min; 64 KiB. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            32 * 1_024,
            128,
            8 * 1_024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Duration.ofMinutes(5),
            64 * 1_024);

    public HttpLimits {
        Setting.check(
                maxHeadBytes >= 1_024 && maxHeadBytes <= 1_048_576,
                "http.max-head-bytes",
                maxHeadBytes,
                "1024 to 1048576");
        Setting.check(maxFields >= 1 && maxFields <= 1_000, "http.max-fields", maxFields, "1 to 1000");
        Setting.check(
                maxTrailerBytes >= 0 && maxTrailerBytes <= 65_536,
                "http.max-trailer-bytes",
                maxTrailerBytes,
                "0 to 65536");
        check("http.head-timeout", headTimeout, Duration.ofMinutes(10));
        check("http.body-timeout", bodyTimeout, Duration.ofHours(1));
        check("http.idle-timeout", idleTimeout, Duration.ofHours(24));
        check("http.take-timeout", takeTimeout, Duration.ofHours(24));
        Setting.check(
                maxKeptBytes >= 1_024 && maxKeptBytes <= 16 * 1_048_576,
                "http.max-kept-bytes",
                maxKeptBytes,
                "1024 to 16777216");
    }

    private static void check(String key, Duration value, Duration longest) {
        Setting.check(
                value.compareTo(SHORTEST) >= 0 && value.compareTo(longest) <= 0, key, value, "10ms to " + longest);
    }
}
