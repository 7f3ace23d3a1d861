package io.tombolo.kafka.boot;

import io.tombolo.kafka.identity.BrokerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Warns once a day when the broker's certificate, which a restart renews, has less than a month left. */
final class ExpiryWatch {
    private static final Duration WARN_BEFORE = Duration.ofDays(30);

    private ExpiryWatch() {}

    static void start(BrokerIdentity identity) {
        var daily = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("certificate-expiry").factory());
        var unused = daily.scheduleAtFixedRate(() -> warn(identity, Instant.now()), 1, 1, TimeUnit.DAYS);
    }

    private static void warn(BrokerIdentity identity, Instant now) {
        if (now.plus(WARN_BEFORE).isAfter(identity.expires())) {
            System.err.println("the broker's certificate ends " + identity.expires() + "; restart it to renew");
        }
    }
}
