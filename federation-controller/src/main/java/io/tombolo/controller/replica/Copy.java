package io.tombolo.controller.replica;

import com.google.protobuf.ByteString;
import io.tombolo.wire.file.CopiedFiles;
import io.tombolo.wire.file.FileChange;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.replica.Complete;
import io.tombolo.wire.replica.Piece;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** A follower's files: one connection's copy of the leader's. One thread; each change is on disk when its call returns. */
final class Copy {
    private static final String MEMBERSHIP = "membership.state";

    private final Path stateDir;
    private final CopiedFiles files;
    private ByteString held = ByteString.EMPTY;
    private volatile boolean begun;
    private volatile boolean lacksOne;
    private volatile boolean whole;
    private volatile boolean otherMembership;

    Copy(Path stateDir) {
        this.stateDir = stateDir;
        this.files = Copied.in(stateDir);
    }

    /**
     * Takes a part of a change.
     * @return the change that is written with it; empty if more of it is to come
     * @throws IllegalArgumentException if it names a file that is not one of a copy
     * @throws IllegalStateException    if one before it failed: what is told of a change counts for all before it
     */
    OptionalLong take(Piece piece) {
        begins();
        OptionalLong done = taken(piece);
        lacksOne = false;
        return done;
    }

    /** Until it is done it counts as one that is not here. */
    private void begins() {
        if (lacksOne) {
            throw new IllegalStateException("a change before this one is not on this disk");
        }
        lacksOne = true;
        if (!begun) {
            Mark.PART.put(stateDir);
            begun = true;
        }
    }

    private OptionalLong taken(Piece piece) {
        held = held.concat(piece.getBytes());
        if (held.size() > StateFile.MAX_FILE_BYTES) {
            throw new IllegalArgumentException(piece.getPath() + " is larger than a file can be");
        }
        if (piece.getMore()) {
            return OptionalLong.empty();
        }
        byte[] bytes = held.toByteArray();
        held = ByteString.EMPTY;
        Path file = files.file(piece.getPath());
        files.apply(
                switch (piece.getKind()) {
                    case KIND_REPLACED -> new FileChange.Replaced(file, bytes);
                    case KIND_APPENDED -> new FileChange.Appended(file, piece.getOffset(), bytes);
                    case KIND_DELETED -> new FileChange.Deleted(file);
                    case KIND_UNSPECIFIED, UNRECOGNIZED ->
                        throw new IllegalArgumentException("a change of a kind that this version does not know");
                });
        otherMembership |= whole && piece.getPath().equals(MEMBERSHIP);
        return OptionalLong.of(piece.getChange());
    }

    /**
     * All files have come once.
     * @throws IllegalStateException    as {@link #take}
     * @throws IllegalArgumentException if the leader has no membership and this copy has one: a disk that lost all is none to copy
     */
    void complete(Complete complete) {
        begins();
        Set<String> gone = new HashSet<>(files.names());
        complete.getPathsList().forEach(gone::remove);
        if (gone.contains(MEMBERSHIP)) {
            throw new IllegalArgumentException(
                    "the leader was never a member of a federation and this copy is of one that was: nothing is deleted");
        }
        gone.forEach(name -> files.apply(new FileChange.Deleted(files.file(name))));
        Mark.FOLLOWED.put(stateDir);
        whole = true;
        lacksOne = false;
    }

    /** Whether all files have come once. */
    boolean isWhole() {
        return whole;
    }

    /** Whether some files have come and not all, be it that the first one could not be taken. */
    boolean isPart() {
        return !whole && (begun || lacksOne);
    }

    /** Whether what keys and certificates are for has changed since. */
    boolean isOfAnotherMembership() {
        return otherMembership;
    }
}
