package io.tombolo.wire.codec;

import io.tombolo.model.catalog.MemberState;

/** States of members. */
public final class MemberCodec {
    private MemberCodec() {}

    /**
     * Reads a state.
     * @throws io.tombolo.model.fault.TomboloException if it is unknown: a security field
     */
    public static MemberState toModel(io.tombolo.wire.log.MemberState state) {
        return switch (state) {
            case MEMBER_STATE_ADMITTED -> MemberState.ADMITTED;
            case MEMBER_STATE_LEFT -> MemberState.LEFT;
            case MEMBER_STATE_EVICTED -> MemberState.EVICTED;
            case MEMBER_STATE_UNSPECIFIED, UNRECOGNIZED -> throw Wire.malformed("member", "its state is unknown");
        };
    }

    public static io.tombolo.wire.log.MemberState toWire(MemberState state) {
        return switch (state) {
            case ADMITTED -> io.tombolo.wire.log.MemberState.MEMBER_STATE_ADMITTED;
            case LEFT -> io.tombolo.wire.log.MemberState.MEMBER_STATE_LEFT;
            case EVICTED -> io.tombolo.wire.log.MemberState.MEMBER_STATE_EVICTED;
        };
    }
}
