package io.tombolo.dataplane.upstream;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How long and how often a gateway dials for one connection.
 * @param timeout   for one TCP handshake with one address; 10 ms to 60 s
 * @param instances tried for one connection, 1 to 10
 */
public record DialLimits(Duration timeout, int instances) {
    /** Local sidecars answer in milliseconds or not at all. */
    public static final DialLimits DEFAULT = new DialLimits(Duration.ofSeconds(2), 3);

    public DialLimits {
        boolean inRange =
                timeout.compareTo(Duration.ofMillis(10)) >= 0 && timeout.compareTo(Duration.ofMinutes(1)) <= 0;
        Setting.check(inRange, "dial.timeout", timeout, "10ms to 60s");
        Setting.check(instances >= 1 && instances <= 10, "dial.instances", instances, "1 to 10");
    }
}
