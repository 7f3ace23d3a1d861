package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.RecordKeys;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The own live set and its outbox: signs the next record, keeps it, and knows what Kafka does not have. Thread-safe. */
final class OwnLog {
    private final Supplier<MembersLog> members;
    private final Outbox outbox;
    private final InstantSource clock;
    private volatile Pen pen;
    private OriginWriter writer;
    private OriginState own;
    private long lastSeq;

    OwnLog(Pen pen, Supplier<MembersLog> members, Outbox outbox, InstantSource clock) {
        this.pen = pen;
        this.writer = new OriginWriter(pen.signer());
        this.members = members;
        this.outbox = outbox;
        this.clock = clock;
        this.own = OriginState.of(pen.signer().origin());
        outbox.all().stream()
                .filter(r -> r.position().epoch() == pen.signer().epoch())
                .forEach(this::apply);
        this.lastSeq = own.position().seq();
        take(pen);
    }

    /** Signs with {@code next} from now on; its term is announced first. */
    final synchronized void take(Pen next) {
        var nextWriter = new OriginWriter(next.signer());
        keep(nextWriter.publish(own, next.announcement(), next.term(), lastSeq + 1, clock.instant()));
        writer = nextWriter;
        pen = next;
    }

    /** Signs once more what another key signed. Others may put and withdraw meanwhile. */
    void signAgain() {
        for (SignedRecord record : own().all()) {
            signAgain(record.key());
        }
    }

    private synchronized void signAgain(String key) {
        own.record(key)
                .filter(kept -> !pen.isNamedBy(kept.keyId()))
                .ifPresent(kept -> keep(writer.again(own, kept, pen.term(), lastSeq + 1)));
    }

    /** Signs and keeps a value. @return its record, or the live one if it says the same */
    synchronized SignedRecord put(Payload payload) {
        if (!writer.isNews(own, payload)) {
            return own.record(RecordKeys.of(payload, pen.signer().origin())).orElseThrow();
        }
        return keep(writer.publish(own, payload, pen.term(), lastSeq + 1, clock.instant()));
    }

    /** Signs and keeps a withdrawal; empty if nothing is live under {@code key}. */
    synchronized Optional<SignedRecord> withdraw(String key) {
        return own.record(key)
                .filter(live -> !live.withdrawn())
                .map(live -> keep(writer.withdraw(own, key, live.kind(), pen.term(), lastSeq + 1, clock.instant())));
    }

    private SignedRecord keep(SignedRecord record) {
        outbox.append(record);
        apply(record);
        lastSeq = record.position().seq();
        return record;
    }

    private void apply(SignedRecord record) {
        var applied = own.apply(members.get().verify(record));
        if (applied.verdict() instanceof Verdict.Refused refused) {
            throw new TomboloException(
                    refused.fault(), "own record " + record, refused.text(), "see the grants in `tombolo clusters`");
        }
        own = applied.state();
    }

    synchronized List<SignedRecord> pending() {
        return outbox.pending();
    }

    /** How many those are. */
    synchronized int pendingCount() {
        return outbox.pendingCount();
    }

    synchronized void acknowledge(Position through) {
        outbox.acknowledge(through);
    }

    synchronized Position acknowledged() {
        return outbox.acknowledged();
    }

    synchronized OriginState own() {
        return own;
    }

    /** What is live of a kind, as this cluster last said it; the same object while nothing of the kind changes. */
    synchronized <P extends Payload> List<P> live(Class<P> kind) {
        return own.live(kind);
    }

    Pen pen() {
        return pen;
    }

    ByteString startId() {
        return pen.start().startId();
    }

    synchronized void close() {
        outbox.close();
    }

    static TomboloException notWriting(Fault fault, String what) {
        return new TomboloException(
                fault,
                "this cluster's writer",
                what,
                "keep one of the two controllers: stop the copy, then start the original again");
    }
}
