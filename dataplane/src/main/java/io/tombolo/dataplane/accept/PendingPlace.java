package io.tombolo.dataplane.accept;

/** A place among the connections that have not said a name yet. Given back once, on the channel's loop. */
public final class PendingPlace {
    private final Bounds bounds;
    private final SourcePrefix source;
    private boolean held = true;

    PendingPlace(Bounds bounds, SourcePrefix source) {
        this.bounds = bounds;
        this.source = source;
    }

    /** The name is known, or the connection is gone. Calling it again does nothing. */
    public void giveBack() {
        if (held) {
            held = false;
            bounds.noLongerPending(source);
        }
    }
}
