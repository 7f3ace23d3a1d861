package io.tombolo.dataplane.hello;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How large and how slow a ClientHello may be.
 * @param maxBytes 512 to 65536, record headers included
 * @param timeout  from accept to the hello's last byte; 100 ms to 60 s
 */
public record HelloLimits(int maxBytes, Duration timeout) {
    /** Room for post-quantum key shares; time for three lost packets. */
    public static final HelloLimits DEFAULT = new HelloLimits(16 * 1_024, Duration.ofSeconds(5));

    public HelloLimits {
        Setting.check(maxBytes >= 512 && maxBytes <= 65_536, "hello.max-bytes", maxBytes, "512 to 65536");
        boolean inRange =
                timeout.compareTo(Duration.ofMillis(100)) >= 0 && timeout.compareTo(Duration.ofMinutes(1)) <= 0;
        Setting.check(inRange, "hello.timeout", timeout, "100ms to 60s");
    }
}
