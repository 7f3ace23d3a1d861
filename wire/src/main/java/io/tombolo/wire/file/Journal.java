package io.tombolo.wire.file;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A list on disk that grows at its end: header, then per entry u32 length ‖ u32 CRC-32C of the bytes ‖ bytes. When
 * {@link #append} returns, its entries survive {@code kill -9} and a power cut. A tail that a crash tore is cut off at
 * {@link #open} and reported; if whole entries would be lost with it, a copy of the file is kept. The owner shortens it
 * with {@link #replaceAll}. Confined to one thread at a time.
 */
public final class Journal implements AutoCloseable {
    /** Largest entry, in bytes. */
    public static final int MAX_ENTRY_BYTES = 16 * 1_024 * 1_024;

    private final Path file;
    private final FileKind kind;
    private FileChannel channel;
    private long endOffset;

    private Journal(Path file, FileKind kind, FileChannel channel, long endOffset) {
        this.file = file;
        this.kind = kind;
        this.channel = channel;
        this.endOffset = endOffset;
    }

    /**
     * What was found at opening.
     * @param journal ready to be appended to
     * @param version format of the entries, at most that of the kind asked for
     * @param entries in the order in which they were appended
     * @param damage  FILE_DAMAGED if something was cut off or set aside; for the operator
     */
    public record Opened(Journal journal, int version, List<byte[]> entries, Optional<TomboloException> damage) {
        public Opened {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Opens a journal, or makes an empty one.
     * @throws TomboloException {@link Fault#FILE_TOO_NEW}, {@link Fault#FILE_UNREADABLE}, {@link Fault#STORE_FAILED}
     */
    public static Opened open(Path path, FileKind kind) {
        Path file = path.toAbsolutePath();
        try {
            Optional<TomboloException> aside = makeSureItIsOurs(file, kind);
            JournalScan scan = JournalScan.of(file, kind);
            Optional<TomboloException> torn = scan.damage(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (scan.isTorn()) {
                channel.truncate(scan.goodBytes());
                channel.force(true);
            }
            var journal = new Journal(file, kind, channel.position(scan.goodBytes()), scan.goodBytes());
            return new Opened(journal, scan.version(), scan.entries(), aside.or(() -> torn));
        } catch (IOException failed) {
            throw SetAside.unreadable(file, failed);
        }
    }

    /** Appends one entry. */
    public void append(byte[] entry) {
        append(List.of(entry));
    }

    /**
     * Appends entries with one fsync: all or, after a crash, a part from the front.
     * @throws TomboloException {@link Fault#STORE_FAILED}, or what the {@link Mirror} says; nothing is appended then
     */
    public void append(List<byte[]> entries) {
        byte[] bytes = encode(entries);
        try {
            Mirrors.of(file).write(new FileChange.Appended(file, endOffset, bytes), () -> appendHere(bytes));
            endOffset += bytes.length;
        } catch (IOException failed) {
            rollBack(failed);
            throw AtomicWrite.storeFailed(file, failed);
        } catch (TomboloException mayBeLost) {
            rollBack(mayBeLost);
            throw mayBeLost;
        }
    }

    private void appendHere(byte[] bytes) throws IOException {
        AtomicWrite.writeAll(channel, bytes);
        channel.force(false);
    }

    /**
     * Replaces everything, at once: compaction.
     * @throws TomboloException {@link Fault#STORE_FAILED}; the old entries are as they were
     */
    public void replaceAll(List<byte[]> entries) {
        byte[] body = encode(entries);
        ByteBuffer all = ByteBuffer.allocate(FileKind.HEADER_LENGTH + body.length);
        AtomicWrite.replace(file, all.put(kind.header()).put(body).array());
        reopen(all.capacity());
    }

    /** The old channel leads to a file without a name: what would be appended there would be lost, so it is closed first. */
    private void reopen(int end) {
        try {
            channel.close();
            channel = FileChannel.open(file, StandardOpenOption.WRITE).position(end);
            endOffset = end;
        } catch (IOException failed) {
            throw AtomicWrite.storeFailed(file, failed);
        }
    }

    /** Size of the file in bytes. */
    public long sizeInBytes() {
        return endOffset;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw AtomicWrite.storeFailed(file, failed);
        }
    }

    static byte[] encode(List<byte[]> entries) {
        var out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("an entry of " + entry.length + " bytes does not fit a journal");
            }
            out.writeBytes(ByteBuffer.allocate(8)
                    .putInt(entry.length)
                    .putInt(crc(entry))
                    .array());
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    static int crc(byte[] entry) {
        var crc = new CRC32C();
        crc.update(entry);
        return (int) crc.getValue();
    }

    /** After a failed write the file may hold a part; the next append must not come after it. */
    private void rollBack(Exception failed) {
        try {
            channel.truncate(endOffset).position(endOffset);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static Optional<TomboloException> makeSureItIsOurs(Path file, FileKind kind) throws IOException {
        @Nullable TomboloException damage = null;
        if (Files.exists(file)) {
            damage = JournalScan.headerProblem(file, kind)
                    .map(why -> SetAside.move(file, why))
                    .orElse(null);
        }
        if (!Files.exists(file)) {
            AtomicWrite.replace(file, kind.header());
        }
        return Optional.ofNullable(damage);
    }
}
