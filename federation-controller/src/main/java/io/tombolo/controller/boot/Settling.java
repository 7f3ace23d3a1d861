package io.tombolo.controller.boot;

import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.enrol.Registrations;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the proxies of before the restart had time to come back: all that were seen lately are there again, or 20 s are
 * over. Until then who is missing is unknown, not gone.
 */
final class Settling {
    /** Longest wait. */
    static final Duration PATIENCE = ProxyTable.PRESUMED;

    private static final Duration LATELY = Duration.ofHours(26);

    private final Registrations registrations;
    private final ProxyTable proxies;
    private final long startNanos = System.nanoTime();
    private volatile boolean settled;

    Settling(Registrations registrations, ProxyTable proxies) {
        this.registrations = registrations;
        this.proxies = proxies;
    }

    boolean isSettled() {
        if (!settled) {
            settled = System.nanoTime() - startNanos > PATIENCE.toNanos() || allBack();
        }
        return settled;
    }

    private boolean allBack() {
        Instant since = Instant.now().minus(LATELY);
        return registrations.all().stream()
                .filter(registration -> registration.seenAt().isAfter(since))
                .map(Registration::instance)
                .allMatch(instance -> proxies.find(instance).isPresent() && !proxies.isPresumed(instance));
    }
}
