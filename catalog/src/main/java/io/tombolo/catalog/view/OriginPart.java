package io.tombolo.catalog.view;

import io.tombolo.catalog.log.OriginLog;
import io.tombolo.catalog.merge.Export;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What a view keeps of one origin for the next one. Immutable.
 * @param catalog that all this was read of
 * @param exports one for each record of an export, in their order; the same objects as in the part before where they say the same
 */
record OriginPart(OriginView view, OriginState catalog, List<Export> exports) {
    /**
     * Whether nothing that others are told of it can have changed; its age and what was compared may have.
     * @param written what the log has of it now
     */
    boolean isOf(Payload.Member member, OriginLog written) {
        return catalog.isUnchangedSince(written.catalog())
                && view.health().equals(written.health())
                && view.member().equals(member);
    }

    /** The records that {@link #exports} are of. */
    List<SignedRecord> records() {
        return catalog.liveRecords(Payload.Export.class);
    }

    /** What an origin without one before is compared with. */
    static OriginPart nothing(OriginView view) {
        return new OriginPart(view, OriginState.of(view.cluster()), List.of());
    }

    /** The next one of the same origin. */
    OriginPart next(OriginView now, OriginState written) {
        var all = new ArrayList<Export>();
        int at = 0;
        List<SignedRecord> old = records();
        for (SignedRecord record : written.liveRecords(Payload.Export.class)) {
            while (at < old.size() && old.get(at) != record && isBefore(old.get(at), record)) {
                at++;
            }
            boolean known = at < old.size() && old.get(at) == record;
            all.add(known ? readAgain(now, exports.get(at++)) : read(now, record));
        }
        return new OriginPart(now, written, isSame(all) ? exports : List.copyOf(all));
    }

    private boolean isSame(List<Export> all) {
        boolean same = all.size() == exports.size();
        for (int i = 0; same && i < all.size(); i++) {
            same = all.get(i) == exports.get(i);
        }
        return same;
    }

    private static boolean isBefore(SignedRecord one, SignedRecord other) {
        return one.key().compareTo(other.key()) < 0;
    }

    /** The record is the same; what is known around it may not be. */
    private Export readAgain(OriginView now, Export before) {
        if (now.health() == view.health() && now.locality().equals(view.locality()) && sameEpoch(now)) {
            return before;
        }
        var next = new Export(
                now.cluster(),
                now.locality(),
                before.service(),
                now.member().admittedAt(),
                before.issuedAt(),
                now.health().of(before.service().service()));
        return next.equals(before) ? before : next;
    }

    private boolean sameEpoch(OriginView now) {
        return now.member().admittedAt().equals(view.member().admittedAt());
    }

    private static Export read(OriginView now, SignedRecord record) {
        var exported = ((Payload.Export) record.payload()).export();
        return new Export(
                now.cluster(),
                now.locality(),
                exported,
                now.member().admittedAt(),
                record.issuedAt(),
                now.health().of(exported.service()));
    }
}
