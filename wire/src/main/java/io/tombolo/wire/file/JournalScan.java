package io.tombolo.wire.file;

import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pass over a journal.
 * @param entries   the good ones from the front
 * @param goodBytes where the first bad byte is, or the end
 * @param fileBytes length of the file
 * @param more      whether the damage lies before the last entry, so that more than a torn tail would be cut
 */
record JournalScan(int version, List<byte[]> entries, long goodBytes, long fileBytes, boolean more) {
    private static final int PREFIX = 8;

    static Optional<String> headerProblem(Path file, FileKind kind) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            kind.versionIn(ByteBuffer.wrap(in.readNBytes(FileKind.HEADER_LENGTH)));
            return Optional.empty();
        } catch (FileKind.NotThisKind damaged) {
            return Optional.of(String.valueOf(damaged.getMessage()));
        }
    }

    /** @param file one whose header is good */
    static JournalScan of(Path file, FileKind kind) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        int version = Short.toUnsignedInt(all.getShort(8));
        SetAside.refuseNewer(file, version, kind);
        all.position(FileKind.HEADER_LENGTH);
        var entries = new ArrayList<byte[]>();
        long good = all.position();
        boolean more = false;
        while (all.remaining() >= PREFIX) {
            int length = all.getInt();
            int crc = all.getInt();
            if (length < 0 || length > Journal.MAX_ENTRY_BYTES || length > all.remaining()) {
                break;
            }
            byte[] entry = new byte[length];
            all.get(entry);
            if (Journal.crc(entry) != crc) {
                more = all.hasRemaining();
                break;
            }
            entries.add(entry);
            good = all.position();
        }
        return new JournalScan(version, entries, good, all.limit(), more);
    }

    boolean isTorn() {
        return goodBytes < fileBytes;
    }

    Optional<TomboloException> damage(Path file) {
        if (!isTorn()) {
            return Optional.empty();
        }
        String why = "the last " + (fileBytes - goodBytes) + " bytes do not verify";
        return Optional.of(
                more
                        ? SetAside.copy(file, why)
                        : SetAside.damaged(file, why, "they were cut off: a crash interrupted the last write"));
    }
}
