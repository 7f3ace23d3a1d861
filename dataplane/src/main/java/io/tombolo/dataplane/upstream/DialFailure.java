package io.tombolo.dataplane.upstream;

import io.tombolo.model.fault.TomboloException;

/** A connection that was never established: nothing of the application was sent. */
public final class DialFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How far it came, and how it ended. */
    public enum Stage {
        /** The address does not answer. */
        CONNECT,
        /** It accepted, and ended the connection without a word before the handshake was done. */
        CUT,
        /** It accepted, and was silent. */
        LATE,
        /** It said no, or it is somebody who may not answer. */
        REFUSED
    }

    private final Stage stage;
    private final TomboloException fault;

    DialFailure(Stage stage, TomboloException fault) {
        super(fault.getMessage(), fault, false, false);
        this.stage = stage;
        this.fault = fault;
    }

    public Stage stage() {
        return stage;
    }

    public TomboloException fault() {
        return fault;
    }
}
