package io.tombolo.catalog.origin;

import io.tombolo.catalog.members.Verified;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.util.Optional;

/**
 * What a member may say at all: a cluster speaks for its own trust domain only. The patterns and numbers of its grants are
 * to be checked here too.
 */
final class OriginRules {
    private OriginRules() {}

    /** @param before what is live under the record's key */
    static void check(Verified verified, Optional<SignedRecord> before) {
        SignedRecord record = verified.record();
        TrustDomain own = verified.member().trustDomain();
        switch (record.payload()) {
            case Payload.Bundle bundle -> checkBundle(record, bundle, own, before);
            case Payload.Export export -> export.export().serverIds().forEach(id -> requireOwn(record, id, own));
            case Payload.Revocation revocation -> revocation.id().ifPresent(id -> requireOwn(record, id, own));
            case Payload.WriterTerm term -> requireOwnTerm(record, term);
            default -> {
                // The others name nothing that belongs to somebody else.
            }
        }
    }

    private static void checkBundle(
            SignedRecord record, Payload.Bundle bundle, TrustDomain own, Optional<SignedRecord> before) {
        if (!bundle.trustDomain().equals(own)) {
            throw outside(record, "its bundle is for " + bundle.trustDomain());
        }
        if (before.isPresent()
                && before.get().payload() instanceof Payload.Bundle held
                && bundle.sequence() < held.sequence()) {
            throw Refusal.of(Fault.OLD_RECORD, "record " + record, "bundle sequence " + held.sequence() + " is known");
        }
    }

    private static void requireOwn(SignedRecord record, SpiffeId id, TrustDomain own) {
        if (!id.trustDomain().equals(own)) {
            throw outside(record, "it speaks for " + id);
        }
    }

    private static void requireOwnTerm(SignedRecord record, Payload.WriterTerm term) {
        if (term.term() != record.position().term()) {
            throw Refusal.of(Fault.MALFORMED_RECORD, "record " + record, "it announces term " + term.term());
        }
    }

    private static TomboloException outside(SignedRecord record, String what) {
        return Refusal.of(Fault.OUTSIDE_GRANT, "record " + record, what);
    }
}
