package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Who did what in this cluster: each entry names the hash of the one before. Thread-safe. */
final class AuditChain {
    /** Most entries that wait for Kafka; more changes are refused then. */
    static final int MOST_PENDING = 50_000;

    private final RecordSigner signer;
    private final Outbox outbox;
    private final long term;
    private final InstantSource clock;

    AuditChain(RecordSigner signer, Outbox outbox, long term, InstantSource clock) {
        this.signer = signer;
        this.outbox = outbox;
        this.term = term;
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
        Instant now = clock.instant();
        long index = lastIndex() + 1;
        var entry = new Payload.Audit(index, head(), now, actor, action, subject, details);
        outbox.append(signer.sign(entry, term, index, now));
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
