package io.tombolo.kafka.boot;

import io.tombolo.kafka.identity.BackboneIdentities;
import io.tombolo.kafka.identity.BrokerIdentity;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Twice a day: renews the administrator's certificate when it is due, and warns when the broker's own, which a restart
 * renews, has less than a month left.
 */
final class CertificateWatch {
    private static final Duration WARN_BEFORE = Duration.ofDays(30);
    private static final int HOURS_BETWEEN_LOOKS = 12;

    private final BackboneIdentities identities;
    private final BrokerIdentity broker;

    private CertificateWatch(BackboneIdentities identities, BrokerIdentity broker) {
        this.identities = identities;
        this.broker = broker;
    }

    static void start(BackboneIdentities identities, BrokerIdentity broker) {
        var watch = new CertificateWatch(identities, broker);
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("certificate-watch").factory());
        var _ = timer.scheduleAtFixedRate(
                () -> watch.look(Instant.now()), HOURS_BETWEEN_LOOKS, HOURS_BETWEEN_LOOKS, TimeUnit.HOURS);
    }

    private void look(Instant now) {
        try {
            identities.renewAdmin(now);
        } catch (TomboloException e) {
            System.err.println("the administrator's certificate was not renewed, will try again: " + e.getMessage());
        }
        if (now.plus(WARN_BEFORE).isAfter(broker.expires())) {
            System.err.println("the broker's certificate ends " + broker.expires() + "; restart it to renew");
        }
    }
}
