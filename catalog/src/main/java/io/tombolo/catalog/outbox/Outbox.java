package io.tombolo.catalog.outbox;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.Journal;
import io.tombolo.wire.log.SignedEnvelope;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signed records of one log of this cluster, the latest of each key, and how far Kafka has them. A record is on disk when
 * {@link #append} returns. Bounded by the number of keys; a record that a newer one of its key replaced is not sent any more.
 * Confined to one thread at a time.
 */
public final class Outbox implements AutoCloseable {
    private static final FileKind KIND = new FileKind("OUTB", 1);
    private static final byte RECORD = 1;
    private static final byte ACKNOWLEDGED = 2;
    private static final long COMPACT_ABOVE_BYTES = 4 * 1_024 * 1_024;

    /** What happens to records that Kafka has. */
    public enum Keeping {
        /** They stay: the outbox is also the memory of the own live set. */
        ALL,
        /** They go, but for the last one, which the next may refer to. */
        PENDING
    }

    private final Journal journal;
    private final Keeping keeping;
    private final Optional<TomboloException> damage;
    private final Map<String, SignedRecord> latest = new LinkedHashMap<>();
    /** Those of {@link #latest} that Kafka does not have yet. */
    private final TreeMap<Position, SignedRecord> unsent = new TreeMap<>();

    private Position acknowledged = Position.BEFORE_ALL;
    private Position last = Position.BEFORE_ALL;
    private long compactAboveBytes = COMPACT_ABOVE_BYTES;

    private Outbox(Journal.Opened opened, Keeping keeping) {
        this.journal = opened.journal();
        this.keeping = keeping;
        this.damage = opened.damage();
        opened.entries().forEach(this::replay);
        forget();
    }

    /** Opens the outbox in {@code file}, or makes an empty one. */
    public static Outbox open(Path file, Keeping keeping) {
        return new Outbox(Journal.open(file, KIND), keeping);
    }

    /** What was found damaged at opening; for the operator. */
    public Optional<TomboloException> damage() {
        return damage;
    }

    /**
     * Keeps a record; it is on disk when this returns.
     * @param record after all that were appended
     * @throws TomboloException STORE_FAILED; nothing is kept then
     */
    public void append(SignedRecord record) {
        if (!record.position().isAfter(last)) {
            throw new IllegalArgumentException(record + " is not after " + last);
        }
        journal.append(entry(record));
        take(record);
    }

    /**
     * Notes that Kafka has everything up to {@code through}. On a disk that takes nothing this is known to this process only:
     * the next one sends some records again, which changes nothing for readers.
     */
    public void acknowledge(Position through) {
        if (through.isAfter(acknowledged)) {
            reached(through);
            forget();
            try {
                journal.append(acknowledgement(through));
                compact();
            } catch (TomboloException diskFull) {
                // Nobody was promised anything by it; who is to be told hears it from the next record that is refused.
                compactAboveBytes = Math.max(compactAboveBytes, 2 * journal.sizeInBytes());
            }
        }
    }

    /** What Kafka does not have yet, in order. */
    public List<SignedRecord> pending() {
        return List.copyOf(unsent.values());
    }

    /** How many that are. */
    public int pendingCount() {
        return unsent.size();
    }

    /** Everything kept, in order. */
    public List<SignedRecord> all() {
        return sorted(latest.values());
    }

    /** Of the last record that was appended. */
    public Position last() {
        return last;
    }

    /** Up to where Kafka has it. */
    public Position acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        journal.close();
    }

    private void take(SignedRecord record) {
        @Nullable SignedRecord replaced = latest.remove(record.key());
        if (replaced != null) {
            unsent.remove(replaced.position());
        }
        latest.put(record.key(), record);
        last = record.position();
        if (last.isAfter(acknowledged)) {
            unsent.put(last, record);
        }
    }

    private void reached(Position through) {
        acknowledged = through;
        unsent.headMap(through, true).clear();
    }

    private void forget() {
        if (keeping == Keeping.PENDING) {
            latest.values()
                    .removeIf(r ->
                            !r.position().isAfter(acknowledged) && !r.position().equals(last));
        }
    }

    private void compact() {
        if (journal.sizeInBytes() > compactAboveBytes) {
            var entries = new ArrayList<byte[]>();
            all().forEach(record -> entries.add(entry(record)));
            entries.add(acknowledgement(acknowledged));
            journal.replaceAll(entries);
            compactAboveBytes = Math.max(COMPACT_ABOVE_BYTES, 2 * journal.sizeInBytes());
        }
    }

    private void replay(byte[] bytes) {
        ByteBuffer entry = ByteBuffer.wrap(bytes);
        try {
            switch (entry.get()) {
                case RECORD -> take(read(entry));
                case ACKNOWLEDGED -> reached(new Position(entry.getLong(), entry.getLong(), entry.getLong()));
                default -> throw damaged("an entry of an unknown kind", null);
            }
        } catch (BufferUnderflowException cut) {
            throw damaged("an entry that is too short", cut);
        }
    }

    private static SignedRecord read(ByteBuffer entry) {
        try {
            return RecordReader.reopen(SignedEnvelope.parseFrom(entry));
        } catch (InvalidProtocolBufferException notARecord) {
            throw damaged("an entry that is no record", notARecord);
        }
    }

    private static TomboloException damaged(String what, @Nullable Throwable cause) {
        return new TomboloException(
                Fault.FILE_DAMAGED, "outbox", "holds " + what, "restore the state directory, or join again", cause);
    }

    private static byte[] entry(SignedRecord record) {
        byte[] envelope = record.signed().toByteArray();
        return ByteBuffer.allocate(1 + envelope.length)
                .put(RECORD)
                .put(envelope)
                .array();
    }

    private static byte[] acknowledgement(Position through) {
        return ByteBuffer.allocate(25)
                .put(ACKNOWLEDGED)
                .putLong(through.epoch())
                .putLong(through.term())
                .putLong(through.seq())
                .array();
    }

    private static List<SignedRecord> sorted(Collection<SignedRecord> records) {
        return records.stream()
                .sorted(Comparator.comparing(SignedRecord::position))
                .toList();
    }
}
