package io.tombolo.controller.publish;

import io.tombolo.catalog.outbox.WriterFile;
import java.time.Duration;

/**
 * Decides whether a starting writer may write: not while a copy of its state directory, or the original, does. Pure.
 * @param start       of this process
 * @param fresh       the epoch began in this process, so nobody can have a copy of it
 * @param watchFor    how long the backbone must be without a new pulse of this cluster
 */
record CloneCheck(WriterFile.Start start, boolean fresh, Duration watchFor) {
    /** What may be done now. */
    enum Verdict {
        WAIT,
        WRITE,
        CLONED
    }

    /**
     * Decides.
     * @param sinceNanos monotonic time at which the reader had caught up
     */
    Verdict decide(OwnTail tail, long sinceNanos, long nowNanos) {
        if (fresh) {
            return Verdict.WRITE;
        }
        if (!tail.caughtUp()) {
            return Verdict.WAIT;
        }
        boolean another = tail.lastStartId().filter(id -> !start.wasHere(id)).isPresent();
        boolean pulses = tail.foreignPulseAtNanos().isPresent()
                && tail.foreignPulseAtNanos().getAsLong() - sinceNanos > 0;
        if (another || pulses) {
            return Verdict.CLONED;
        }
        return nowNanos - sinceNanos >= watchFor.toNanos() ? Verdict.WRITE : Verdict.WAIT;
    }
}
