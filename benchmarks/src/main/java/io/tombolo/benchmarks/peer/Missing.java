package io.tombolo.benchmarks.peer;

/** A peer is not on this machine; the message says how to get it. */
public final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
        super(message, null, false, false);
    }
}
