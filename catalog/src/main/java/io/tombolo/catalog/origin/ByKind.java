package io.tombolo.catalog.origin;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records by the class of their payload, each class in the order of its keys; what is withdrawn is a class too. Immutable: a
 * change copies the lists of the one or two classes that it concerns, and all others stay the same objects, which is how
 * readers see that nothing of a kind changed.
 */
final class ByKind {
    static final ByKind EMPTY = new ByKind(Map.of());

    private final Map<Class<?>, Kept<?>> kinds;

    private ByKind(Map<Class<?>, Kept<?>> kinds) {
        this.kinds = kinds;
    }

    /** One class: records and, in the same order, what they say. */
    private record Kept<P extends Payload>(List<SignedRecord> records, List<P> payloads) {
        private Kept {
            records = Collections.unmodifiableList(records);
            payloads = Collections.unmodifiableList(payloads);
        }

        private Kept<P> with(SignedRecord record, P payload) {
            var nextRecords = new ArrayList<>(records);
            var nextPayloads = new ArrayList<>(payloads);
            int at = place(record.key());
            if (at >= 0) {
                nextRecords.set(at, record);
                nextPayloads.set(at, payload);
            } else {
                nextRecords.add(-at - 1, record);
                nextPayloads.add(-at - 1, payload);
            }
            return new Kept<>(nextRecords, nextPayloads);
        }

        private Kept<P> without(String key) {
            int at = place(key);
            if (at < 0) {
                return this;
            }
            var nextRecords = new ArrayList<>(records);
            var nextPayloads = new ArrayList<>(payloads);
            nextRecords.remove(at);
            nextPayloads.remove(at);
            return new Kept<>(nextRecords, nextPayloads);
        }

        /** As {@link Collections#binarySearch(List, Object)} says it. */
        private int place(String key) {
            int from = 0;
            int to = records.size() - 1;
            while (from <= to) {
                int middle = (from + to) >>> 1;
                int order = records.get(middle).key().compareTo(key);
                if (order == 0) {
                    return middle;
                }
                from = order < 0 ? middle + 1 : from;
                to = order > 0 ? middle - 1 : to;
            }
            return -from - 1;
        }
    }

    /** With {@code record} instead of what was under its key, whatever kind that had. */
    ByKind with(SignedRecord record, Optional<SignedRecord> before) {
        Map<Class<?>, Kept<?>> next = new HashMap<>(kinds);
        before.map(SignedRecord::payload)
                .map(Payload::getClass)
                .filter(kind -> kind != record.payload().getClass())
                .ifPresent(kind -> next.computeIfPresent(kind, (_, kept) -> kept.without(record.key())));
        next.merge(
                record.payload().getClass(),
                new Kept<>(List.of(record), List.of(record.payload())),
                (kept, _) -> added(kept, record));
        return new ByKind(next);
    }

    @SuppressWarnings("unchecked") // a list is found by the class of its payloads
    private static <P extends Payload> Kept<P> added(Kept<P> kept, SignedRecord record) {
        return kept.with(record, (P) record.payload());
    }

    /** By key; the same object while nothing of the kind changes. */
    List<SignedRecord> records(Class<? extends Payload> kind) {
        Kept<?> kept = kinds.get(kind);
        return kept == null ? List.of() : kept.records();
    }

    /** What they say, in the same order; the same object while nothing of the kind changes. */
    @SuppressWarnings("unchecked") // a list is found by the class of its payloads
    <P extends Payload> List<P> payloads(Class<P> kind) {
        Kept<?> kept = kinds.get(kind);
        return kept == null ? List.of() : (List<P>) kept.payloads();
    }
}
