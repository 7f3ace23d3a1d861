package io.tombolo.dataplane.upstream;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** What is said when a connection would lead back to this program. */
final class LoopGuard {
    private LoopGuard() {}

    static TomboloException ownListener(HostPort address) {
        return new TomboloException(
                Fault.RELAY_LOOP,
                "address " + address,
                "is this proxy's own listener",
                "point it at the application, or at another process");
    }
}
