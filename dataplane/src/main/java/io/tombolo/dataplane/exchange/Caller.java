package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.policy.Admitted;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;

/** What policy said about the caller of one connection. Asked again for every request: a feed update counts at once. */
sealed interface Caller {
    /** What it asked for. */
    ServicePort port();

    /** Let through, to that application. */
    record Welcome(Admitted admitted, HostPort app) implements Caller {
        @Override
        public ServicePort port() {
            return admitted.port();
        }
    }

    /** Told why not. */
    record Unwelcome(ServicePort port, TomboloException why) implements Caller {}
}
