package io.tombolo.controller.replica;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import java.nio.file.Path;

/**
 * What a replica's files are, on its own disk: a record of who leads can be lost, and a disk can be another one than the record
 * means. A damaged mark counts as the worst.
 */
public enum Mark {
    /** Nobody's yet: a new disk, or that of a controller that was alone. */
    NONE,
    /** They are what was acknowledged. */
    LED,
    /** They came from another replica, all of them; they may be old. */
    FOLLOWED,
    /** They come from another replica, and some of them are not here yet. */
    PART;

    private static StateFile file(Path stateDir) {
        return new StateFile(stateDir.resolve(Copied.MARK), new FileKind("RPLC", 1));
    }

    static Mark of(Path stateDir) {
        return switch (file(stateDir).read()) {
            case StateRead.Absent _ -> NONE;
            case StateRead.Present(int _, byte[] said)
            when said.length == 1 && said[0] >= 0 && said[0] < values().length -> values()[said[0]];
            case StateRead.Present _ -> PART;
            case StateRead.Damaged _ -> {
                // It was set aside: without another one the next look would find none.
                PART.write(stateDir);
                yield PART;
            }
        };
    }

    /** On disk when this returns. */
    void put(Path stateDir) {
        if (of(stateDir) != this) {
            write(stateDir);
        }
    }

    private void write(Path stateDir) {
        file(stateDir).write(new byte[] {(byte) ordinal()});
    }

    /**
     * For a controller that is alone.
     * @throws TomboloException REPLICA_REFUSED if its files are another replica's, or were: it would go on with what is old
     */
    public static void requireOwn(Path stateDir) {
        Mark mark = of(stateDir);
        if (mark == FOLLOWED || mark == PART) {
            throw new TomboloException(
                    Fault.REPLICA_REFUSED,
                    "state directory " + stateDir,
                    "is a copy of another replica's, and may be old",
                    "start two again, let this one lead by stopping the other, and then go back to one");
        }
    }
}
