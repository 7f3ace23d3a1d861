package io.tombolo.dataplane.policy;

import io.tombolo.dataplane.route.Routed;

/** Proof that policy lets this workload call what was routed. Only {@link ImportGate} makes one. */
public final class Permit {
    private final Routed routed;

    Permit(Routed routed) {
        this.routed = routed;
    }

    public Routed routed() {
        return routed;
    }
}
