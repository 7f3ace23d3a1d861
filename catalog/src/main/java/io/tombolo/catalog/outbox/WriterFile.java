package io.tombolo.catalog.outbox;

import com.google.protobuf.ByteString;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who the writer of this cluster was at each start, on disk before the start writes anything. From it the next start knows
 * whether the last writer that Kafka saw was this state directory or a copy of it.
 */
public final class WriterFile {
    private static final FileKind KIND = new FileKind("WRTR", 1);
    private static final int START_ID_BYTES = 16;
    private static final int MOST_STARTS = 64;

    private final StateFile file;

    /** @param path of the file; it is made at the first start */
    public WriterFile(Path path) {
        this.file = new StateFile(path, KIND);
    }

    /**
     * One start of the writer.
     * @param epoch   that it writes for
     * @param term    one more than that of the start before, in the same epoch
     * @param startId 16 random bytes
     * @param known   start ids of this state directory, the present one last; at most 64
     */
    public record Start(long epoch, long term, ByteString startId, List<ByteString> known) {
        public Start {
            known = List.copyOf(known);
        }

        /** Whether a writer with this start id was this state directory. */
        public boolean wasHere(ByteString seen) {
            return known.contains(seen);
        }
    }

    /**
     * Begins a start: it is on disk when this returns.
     * @param afterTerm a term that is known to be used, if more is known than this file says; else 0
     */
    public Start begin(long epoch, long afterTerm, ByteString startId) {
        List<ByteString> known = new ArrayList<>();
        long lastTerm = afterTerm;
        var found = file.read().found();
        if (found.isPresent()) {
            ByteBuffer before = ByteBuffer.wrap(found.get());
            long lastEpoch = before.getLong();
            long term = before.getLong();
            lastTerm = Math.max(lastTerm, lastEpoch == epoch ? term : 0);
            while (before.remaining() >= START_ID_BYTES) {
                byte[] id = new byte[START_ID_BYTES];
                before.get(id);
                known.add(ByteString.copyFrom(id));
            }
        }
        known.add(startId);
        var start = new Start(
                epoch, lastTerm + 1, startId, known.subList(Math.max(0, known.size() - MOST_STARTS), known.size()));
        file.write(bytes(start));
        return start;
    }

    private static byte[] bytes(Start start) {
        ByteBuffer out = ByteBuffer.allocate(16 + START_ID_BYTES * start.known().size());
        out.putLong(start.epoch()).putLong(start.term());
        start.known().forEach(id -> out.put(id.asReadOnlyByteBuffer()));
        return out.array();
    }
}
