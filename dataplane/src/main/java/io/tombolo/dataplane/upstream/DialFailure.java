package io.tombolo.dataplane.upstream;

import io.tombolo.model.fault.TomboloException;

/** A connection that was never established: nothing of the application was sent. */
public final class DialFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How far it came. */
    public enum Stage {
        /** The address does not answer. */
        CONNECT,
        /** It answers, and the handshake failed. */
        HANDSHAKE
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
