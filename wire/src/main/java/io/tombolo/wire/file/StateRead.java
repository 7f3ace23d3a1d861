package io.tombolo.wire.file;

import io.tombolo.model.fault.TomboloException;
import java.util.Optional;

/** What was found where a state file should be. */
public sealed interface StateRead {
    /** There is no file. */
    record Absent() implements StateRead {}

    /**
     * It verified.
     * @param version of its payload's format, at most that of the kind asked for
     * @param payload what was written
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Present(int version, byte[] payload) implements StateRead {}

    /**
     * It did not verify and was set aside.
     * @param report FILE_DAMAGED, with the name that it has now; for the operator
     */
    record Damaged(TomboloException report) implements StateRead {}

    /** The payload if the file verified. */
    default Optional<byte[]> found() {
        return this instanceof Present present ? Optional.of(present.payload()) : Optional.empty();
    }
}
