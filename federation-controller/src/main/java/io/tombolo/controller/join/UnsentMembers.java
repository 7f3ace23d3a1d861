package io.tombolo.controller.join;

import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.publish.Publication;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Of what this authority signed, the newest record of each key that Kafka has not confirmed yet; on disk. The reader is no proof:
 * it is told of them before Kafka is, and keeps them in its snapshot. Safe from any thread.
 */
final class UnsentMembers {
    private final MembersFile file;
    private final Map<String, Unsent> unsent = new LinkedHashMap<>();

    private record Unsent(SignedEnvelope signed, Optional<Publication> sent) {
        boolean isConfirmed() {
            return sent.map(Publication::acknowledged)
                    .filter(told -> told.isDone() && !told.isCompletedExceptionally())
                    .isPresent();
        }
    }

    UnsentMembers(StateDirectory state) {
        this.file = MembersFile.unsent(state);
        for (SignedEnvelope signed : file.read()) {
            unsent.put(RecordReader.reopen(signed).key(), new Unsent(signed, Optional.empty()));
        }
    }

    /** A record was signed and is in the book. It is on disk here as well when this returns; what was confirmed meanwhile is not. */
    synchronized void signed(SignedRecord record) {
        unsent.values().removeIf(Unsent::isConfirmed);
        unsent.put(record.key(), new Unsent(record.signed(), Optional.empty()));
        file.write(unsent.values().stream().map(Unsent::signed).toList());
    }

    /** It is on its way. */
    synchronized void sent(SignedEnvelope record, Publication on) {
        unsent.computeIfPresent(
                RecordReader.reopen(record).key(),
                (_, known) -> known.signed().equals(record) ? new Unsent(record, Optional.of(on)) : known);
    }

    /** Whether Kafka may not have it. */
    synchronized boolean has(SignedEnvelope record) {
        Unsent known = unsent.get(RecordReader.reopen(record).key());
        return known != null && known.signed().equals(record) && !known.isConfirmed();
    }
}
