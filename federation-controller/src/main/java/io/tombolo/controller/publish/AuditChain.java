package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Who did what in this cluster: each entry names the hash of the one before. Thread-safe. */
final class AuditChain {
    /** Most entries that wait for Kafka; more changes are refused then. */
    static final int MOST_PENDING = 50_000;

    private final Supplier<Pen> pen;
    private final Outbox outbox;
    private final InstantSource clock;

    AuditChain(Supplier<Pen> pen, Outbox outbox, InstantSource clock) {
        this.pen = pen;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Signs and keeps an entry. */
    synchronized void append(String actor, String action, String subject, Map<String, String> details) {
        if (outbox.pending().size() >= MOST_PENDING) {
            throw new TomboloException(
                    Fault.STORE_FAILED,
                    "audit log",
                    MOST_PENDING + " entries wait for the backbone",
                    "bring Kafka back; nothing is changed unrecorded");
        }
        Instant at = clock.instant();
        long index = lastIndex() + 1;
        var entry = new Payload.Audit(index, head(), at, actor, action, subject, details);
        Pen now = pen.get();
        outbox.append(now.signer().sign(entry, now.term(), index, at));
    }

    synchronized long lastIndex() {
        return last().map(r -> r.position().seq()).orElse(0L);
    }

    /** Hash of the last entry; empty if there is none. */
    synchronized ByteString head() {
        return last().map(SignedRecord::hash).orElse(ByteString.EMPTY);
    }

    synchronized List<SignedRecord> pending() {
        return outbox.pending();
    }

    /** What waits for Kafka and is signed by another key than the present one: nobody believes it once that key is gone. */
    int pendingOfOlderKeys() {
        Pen now = pen.get();
        return (int) pending().stream().filter(r -> !now.isNamedBy(r.keyId())).count();
    }

    synchronized void acknowledge(Position through) {
        outbox.acknowledge(through);
    }

    synchronized void close() {
        outbox.close();
    }

    private java.util.Optional<SignedRecord> last() {
        List<SignedRecord> all = outbox.all();
        return all.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(all.getLast());
    }
}
