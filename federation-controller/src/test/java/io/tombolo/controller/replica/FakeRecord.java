package io.tombolo.controller.replica;

import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.controller.kube.LeaderRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A record in memory that can be away, or lose an answer after it wrote. */
final class FakeRecord implements LeaderRecord {
    private Optional<Held> stands = Optional.empty();
    private int version;
    private boolean away;
    private boolean losesAnswers;
    private boolean askedTwice;
    private final Semaphore reads = new Semaphore(0);
    private Runnable beforeWrite = () -> {};

    synchronized void away(boolean now) {
        away = now;
    }

    synchronized void losesAnswers(boolean now) {
        losesAnswers = now;
    }

    /** Each write is made, asked again, and then refused. */
    synchronized void isAskedTwice(boolean now) {
        askedTwice = now;
    }

    /** A permit for each time that it was read. */
    Semaphore reads() {
        return reads;
    }

    /** @param fault runs before each write */
    synchronized void failsBy(Runnable fault) {
        beforeWrite = fault;
    }

    synchronized LeaderClaim claim() {
        return stands.orElseThrow().claim();
    }

    /** Somebody else writes, whatever stands there. */
    synchronized Held put(LeaderClaim claim) {
        Held made = new Held(claim, String.valueOf(++version));
        stands = Optional.of(made);
        return made;
    }

    @Override
    public synchronized Optional<Held> read() {
        requireThere();
        reads.release();
        return stands;
    }

    @Override
    public synchronized Optional<Held> write(Optional<Held> known, LeaderClaim next) {
        requireThere();
        beforeWrite.run();
        boolean fits = known.map(Held::version).equals(stands.map(Held::version));
        Optional<Held> done = fits ? Optional.of(put(next)) : Optional.empty();
        if (losesAnswers) {
            throw unreachable();
        }
        return askedTwice ? Optional.empty() : done;
    }

    private void requireThere() {
        if (away) {
            throw unreachable();
        }
    }

    private static TomboloException unreachable() {
        return new TomboloException(Fault.KUBERNETES_UNREACHABLE, "test", "is away", "wait");
    }

    @Override
    public void close() {}
}
