package io.tombolo.catalog.members;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;

/** Proof that a record was signed by a key of an admitted member's current epoch. Only {@link MembersLog} makes one. */
public final class Verified {
    private final SignedRecord record;
    private final Payload.Member member;

    Verified(SignedRecord record, Payload.Member member) {
        this.record = record;
        this.member = member;
    }

    public SignedRecord record() {
        return record;
    }

    /** The origin as it stood when the signature was checked. */
    public Payload.Member member() {
        return member;
    }
}
