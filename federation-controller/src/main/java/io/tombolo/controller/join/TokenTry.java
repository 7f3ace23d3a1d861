package io.tombolo.controller.join;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How the last try to join with a token ended.
 * @param digest   SHA-256 of the token's text, as hex
 * @param error    why it failed
 * @param failures of this token one after the other; 1 or more
 */
record TokenTry(String digest, TomboloException error, int failures, Instant at) {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 4;

    /** What trying again with the same token cannot mend. */
    private static final Set<Fault> FINAL = Set.of(
            Fault.TOKEN_MALFORMED,
            Fault.TOKEN_EXPIRED,
            Fault.TOKEN_USED,
            Fault.TOKEN_UNKNOWN,
            Fault.TOKEN_REVOKED,
            Fault.TOKEN_OTHER_CLUSTER);

    /** Whether this token will not do, whenever it is tried. */
    boolean isFinal() {
        return FINAL.contains(error.fault());
    }

    /** Whether the token that lies there now is to be tried: another one at once, the same one ever later, up to each 80 s. */
    boolean mayTry(String digestNow, Instant now) {
        if (!digestNow.equals(digest)) {
            return true;
        }
        return !isFinal() && !now.isBefore(at.plus(pause()));
    }

    private Duration pause() {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    }
}
