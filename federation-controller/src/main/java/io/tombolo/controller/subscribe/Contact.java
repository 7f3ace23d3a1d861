package io.tombolo.controller.subscribe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** How the way to Kafka is: told by the reader's thread, read by any. */
final class Contact {
    private static final long NEVER = Long.MIN_VALUE;
    private static final Duration SILENT_AFTER = Duration.ofSeconds(5);

    private volatile boolean failing;
    private volatile boolean denied;
    private volatile long atNanos = NEVER;

    /** Kafka answered. */
    void answered() {
        atNanos = System.nanoTime();
        failing = false;
        denied = false;
    }

    /** It did not, or refused. @return whether that is new */
    boolean failed(Throwable why) {
        boolean before = failing;
        failing = true;
        denied = why instanceof AuthorizationException || why instanceof AuthenticationException;
        return !before;
    }

    /** Own pulses come back each second while Kafka answers: their age is the age of the contact. */
    BackboneContact now() {
        long ageMs = atNanos == NEVER ? -1 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - atNanos);
        return new BackboneContact(state(ageMs), ageMs);
    }

    private BackboneContact.State state(long ageMs) {
        if (denied) {
            return BackboneContact.State.DENIED;
        }
        if (ageMs < 0) {
            return failing ? BackboneContact.State.UNREACHABLE : BackboneContact.State.CONNECTING;
        }
        return failing || ageMs > SILENT_AFTER.toMillis()
                ? BackboneContact.State.UNREACHABLE
                : BackboneContact.State.CONNECTED;
    }
}
