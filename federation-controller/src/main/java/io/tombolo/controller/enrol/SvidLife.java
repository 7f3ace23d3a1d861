package io.tombolo.controller.enrol;

import java.time.Duration;
import java.time.Instant;

/** How long what proxies prove who they are with holds; renewed at half. */
public record SvidLife(Duration duration) {
    /** How long that of a proxy holds yet at {@code now}; negative = it is over. */
    public Duration left(Registration registration, Instant now) {
        return Duration.between(now, registration.seenAt().plus(duration));
    }
}
