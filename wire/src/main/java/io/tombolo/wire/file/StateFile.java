package io.tombolo.wire.file;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One value on disk, replaced as a whole: header, u64 payload length, payload, SHA-256 over all of that. When a write
 * returns, a crash or power cut at any moment leaves either the old or the new value.
 */
public final class StateFile {
    /** Largest payload, in bytes; a larger one is refused before anything is written. */
    public static final int MAX_PAYLOAD_BYTES = 256 * 1_024 * 1_024;

    private static final int CHECKSUM_LENGTH = 32;
    private static final int OVERHEAD = FileKind.HEADER_LENGTH + Long.BYTES + CHECKSUM_LENGTH;

    /** Largest file, in bytes. */
    public static final int MAX_FILE_BYTES = MAX_PAYLOAD_BYTES + OVERHEAD;

    private final Path file;
    private final FileKind kind;

    public StateFile(Path file, FileKind kind) {
        this.file = file.toAbsolutePath();
        this.kind = kind;
    }

    public Path path() {
        return file;
    }

    /**
     * Replaces the value.
     * @throws TomboloException {@link Fault#STORE_FAILED}; the old value is as it was
     */
    public void write(byte[] payload) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new TomboloException(
                    Fault.STORE_FAILED,
                    "file " + file,
                    payload.length + " bytes are more than " + MAX_PAYLOAD_BYTES,
                    "report it with the size of your federation");
        }
        AtomicWrite.replace(file, encode(kind, payload));
    }

    /** Deletes the file; the deletion is fsynced when it returns. @throws TomboloException {@link Fault#STORE_FAILED} */
    public void delete() {
        AtomicWrite.delete(file);
    }

    /**
     * Reads the value. A file that does not verify is renamed {@code <name>.damaged-<time>}.
     * @throws TomboloException {@link Fault#FILE_TOO_NEW} if a newer version of Tombolo wrote it;
     *     {@link Fault#FILE_UNREADABLE} if the disk fails
     */
    public StateRead read() {
        if (!Files.exists(file)) {
            return new StateRead.Absent();
        }
        try {
            return decode(ByteBuffer.wrap(bytes()));
        } catch (FileKind.NotThisKind damaged) {
            return new StateRead.Damaged(SetAside.move(file, String.valueOf(damaged.getMessage())));
        }
    }

    /**
     * Renames the file because its content, though undamaged, is not what it should be.
     * @param why for the report, such as {@code it belongs to another federation}
     * @return FILE_DAMAGED with the new name, for the operator
     */
    public TomboloException setAside(String why) {
        return SetAside.move(file, why);
    }

    static byte[] encode(FileKind kind, byte[] payload) {
        ByteBuffer all = ByteBuffer.allocate(OVERHEAD + payload.length)
                .put(kind.header())
                .putLong(payload.length)
                .put(payload);
        return all.put(AtomicWrite.sha256(all.array(), all.position())).array();
    }

    private StateRead decode(ByteBuffer all) throws FileKind.NotThisKind {
        int version = kind.versionIn(all);
        if (all.remaining() < Long.BYTES + CHECKSUM_LENGTH
                || all.getLong() != all.remaining() - (long) CHECKSUM_LENGTH) {
            throw new FileKind.NotThisKind("its length is not the one that it names");
        }
        byte[] payload = new byte[all.remaining() - CHECKSUM_LENGTH];
        all.get(payload);
        byte[] computed = AtomicWrite.sha256(all.array(), all.position());
        if (!MessageDigest.isEqual(computed, Arrays.copyOfRange(all.array(), all.position(), all.limit()))) {
            throw new FileKind.NotThisKind("its checksum does not fit");
        }
        SetAside.refuseNewer(file, version, kind);
        return new StateRead.Present(version, payload);
    }

    private byte[] bytes() {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IOException("it is larger than a state file can be");
            }
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw SetAside.unreadable(file, failed);
        }
    }
}
