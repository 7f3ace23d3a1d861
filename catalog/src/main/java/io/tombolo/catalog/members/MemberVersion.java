package io.tombolo.catalog.members;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.MemberState;

/** The newest record of one member. */
record MemberVersion(SignedRecord record, Payload.Member member) {
    ByteString hash() {
        return record.hash();
    }

    boolean evicted() {
        return member.state() == MemberState.EVICTED;
    }

    MemberEntry entry() {
        return new MemberEntry(
                member.cluster(), member.epoch(), member.state(), member.trustDomain(), member.version());
    }
}
