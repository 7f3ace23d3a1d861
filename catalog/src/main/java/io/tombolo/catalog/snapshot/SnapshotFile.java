package io.tombolo.catalog.snapshot;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.FederationId;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import java.nio.file.Path;

/** The snapshot's file. */
public final class SnapshotFile {
    /** Kind and format. */
    public static final FileKind KIND = new FileKind("SNAP", 1);

    private final StateFile file;

    public SnapshotFile(Path path) {
        this.file = new StateFile(path, KIND);
    }

    /** What was found. */
    public sealed interface Loaded {
        /** There is none: read the topics from their beginning. */
        record Absent() implements Loaded {}

        /** Every signature in it was verified again. */
        record Verified(Snapshot snapshot) implements Loaded {}

        /** It was set aside; {@code report} says why and where. Read the topics from their beginning. */
        record Unusable(TomboloException report) implements Loaded {}
    }

    /** @throws TomboloException STORE_FAILED; the old snapshot is as it was */
    public void write(Snapshot snapshot) {
        file.write(SnapshotCodec.toWire(snapshot).toByteArray());
    }

    /**
     * Reads and verifies: about 0.1 ms per record.
     * @param federation that it must belong to
     * @throws TomboloException FILE_TOO_NEW, FILE_UNREADABLE
     */
    public Loaded read(FederationId federation) {
        return switch (file.read()) {
            case StateRead.Absent _ -> new Loaded.Absent();
            case StateRead.Damaged damaged -> new Loaded.Unusable(damaged.report());
            case StateRead.Present present -> verified(present.payload(), federation);
        };
    }

    private Loaded verified(byte[] payload, FederationId federation) {
        try {
            return new Loaded.Verified(SnapshotCodec.toModel(payload, federation));
        } catch (SnapshotCodec.NotVerified why) {
            return new Loaded.Unusable(file.setAside(String.valueOf(why.getMessage())));
        }
    }
}
