package io.tombolo.dataplane.tls;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** A handshake that came to nothing for a reason that is not our own verdict about the peer. */
public final class HandshakeException extends TomboloException {
    private static final long serialVersionUID = 1L;

    /** How it ended: who that speaks against differs. */
    public enum Ending {
        /** The other side, or somebody in between, said no by an alert, or spoke no TLS. */
        REFUSED,
        /** The connection ended or broke without a word. */
        CUT,
        /** Nothing came in time. */
        LATE
    }

    private final Ending ending;

    HandshakeException(Ending ending, String what, String fix) {
        super(Fault.PEER_UNREACHABLE, "TLS handshake", what, fix);
        this.ending = ending;
    }

    public Ending ending() {
        return ending;
    }
}
