package io.tombolo.catalog.pulse;

import io.tombolo.catalog.members.Verified;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest pulse of every origin. Immutable. Order is (epoch, term, counter). */
public final class PulseBoard {
    /** None yet. */
    public static final PulseBoard EMPTY = new PulseBoard(new TreeMap<>());

    private final TreeMap<ClusterId, SignedRecord> newest;

    private PulseBoard(TreeMap<ClusterId, SignedRecord> newest) {
        this.newest = newest;
    }

    /** Takes a pulse that is newer than the known one of its origin; else OLD_RECORD. */
    public Applied<PulseBoard> apply(Verified verified) {
        return Applied.orRefused(this, () -> {
            SignedRecord record = verified.record();
            if (!(record.payload() instanceof Payload.Pulse pulse)
                    || pulse.counter() != record.position().seq()) {
                throw Refusal.of(Fault.MALFORMED_RECORD, "record " + record, "its counter is not its seq");
            }
            SignedRecord known = newest.get(record.origin());
            if (known != null && known.equals(record)) {
                return Applied.known(this);
            }
            if (known != null && !record.position().isAfter(known.position())) {
                throw Refusal.of(Fault.OLD_RECORD, "record " + record, "pulse " + known.position() + " came before");
            }
            var next = new TreeMap<>(newest);
            next.put(record.origin(), record);
            return Applied.changed(new PulseBoard(next));
        });
    }

    /** The newest pulse of one origin. */
    public Optional<Payload.Pulse> of(ClusterId origin) {
        return record(origin).map(record -> (Payload.Pulse) record.payload());
    }

    /** The record of that pulse. */
    public Optional<SignedRecord> record(ClusterId origin) {
        return Optional.ofNullable(newest.get(origin));
    }

    /** The highest members version that any of these pulses names, and who names it. */
    public Optional<Map.Entry<ClusterId, Long>> highestMembersVersion() {
        return newest.entrySet().stream()
                .map(entry -> Map.entry(
                        entry.getKey(), ((Payload.Pulse) entry.getValue().payload()).membersVersion()))
                .max(Map.Entry.comparingByValue());
    }
}
