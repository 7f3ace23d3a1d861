package io.tombolo.controller.join;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.publish.MembersWriter;
import io.tombolo.controller.publish.Publication;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The members as an authority knows them: what was read, and what it signed itself though Kafka does not have it yet. A
 * change is fsynced before it is published.
 */
public final class MembersBook {
    private final MembersFile file;
    private final Supplier<MembersLog> read;
    private final MembersWriter writer;
    private final UnsentMembers unsent;
    private MembersLog log;

    /** @param read the members as the log's reader knows them now */
    public MembersBook(StateDirectory state, FederationId federation, Supplier<MembersLog> read, MembersWriter writer) {
        this(
                state,
                federation,
                read,
                writer,
                task -> Thread.ofVirtual().name("members-unsent").start(task));
    }

    MembersBook(
            StateDirectory state,
            FederationId federation,
            Supplier<MembersLog> read,
            MembersWriter writer,
            Executor aside) {
        this.file = MembersFile.book(state);
        this.read = read;
        this.writer = writer;
        this.unsent = new UnsentMembers(MembersFile.unsent(state), aside);
        this.log = applyAll(MembersLog.of(federation), file.read());
    }

    /** Before there is a reader: at founding. */
    static void found(StateDirectory state, MembersLog founded) {
        MembersFile.book(state).write(founded.records());
    }

    /** All that is known now. */
    public synchronized MembersLog current() {
        log = applyAll(log, read.get().records());
        return log;
    }

    /** What a change did: signed and kept, not published yet. */
    record Changed(SignedRecord record, MembersLog after) {}

    /** Signs one change on top of all that is known, and keeps it. One after the other. */
    synchronized Changed sign(Function<MembersLog, SignedRecord> change) {
        MembersLog before = current();
        SignedRecord record = change.apply(before);
        MembersLog after = before.apply(record).state();
        file.write(after.records());
        log = after;
        unsent.signed(record);
        return new Changed(record, after);
    }

    /** Signs, keeps and publishes. */
    Changed change(Function<MembersLog, SignedRecord> change) {
        Changed changed = sign(change);
        send(changed.record().signed());
        return changed;
    }

    /** Publishes the newest record of a cluster, whether it is in Kafka or not; a duplicate does no harm. */
    Publication publishNewest(ClusterId cluster) {
        List<SignedEnvelope> records = current().recordsOf(cluster);
        return send(records.getLast());
    }

    /**
     * Publishes what was signed and Kafka has not confirmed, and what the reader does not know; a duplicate does no harm. That the
     * reader knows a record is not enough: it is told of what was signed here before Kafka is. Kafka keeps what came last of a member,
     * so what another authority has gone beyond stays here: the newest of each is all that is known.
     */
    synchronized void republish() {
        List<SignedEnvelope> known = read.get().records();
        current().records().stream()
                .filter(record -> !known.contains(record) || unsent.has(record))
                .forEach(this::send);
    }

    private Publication send(SignedEnvelope record) {
        Publication publication = writer.publish(record);
        unsent.sent(record, publication);
        return publication;
    }

    /** Signs a change, unless {@code done} says that there is nothing to change. */
    synchronized boolean signUnless(Predicate<MembersLog> done, Function<MembersLog, SignedRecord> change) {
        if (done.test(current())) {
            return false;
        }
        sign(change);
        return true;
    }

    static MembersLog applyAll(MembersLog log, List<SignedEnvelope> records) {
        MembersLog state = log;
        for (SignedEnvelope record : records) {
            state = state.apply(RecordReader.reopen(record)).state();
        }
        return state;
    }
}
