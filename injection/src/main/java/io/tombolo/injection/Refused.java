package io.tombolo.injection;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** Why a pod gets no sidecar, for the person who wrote it. */
final class Refused {
    private Refused() {}

    static TomboloException annotation(String name, String said, String fix) {
        return pod("annotation " + name + ": " + said, "is not understood", fix);
    }

    static TomboloException pod(String where, String what, String fix) {
        return new TomboloException(Fault.NOT_INJECTABLE, where, what, fix);
    }
}
