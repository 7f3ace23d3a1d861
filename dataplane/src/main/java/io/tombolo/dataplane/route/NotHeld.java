package io.tombolo.dataplane.route;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;

/** A service may be called from here, but its endpoints are not known yet: they have to be asked for. */
@SuppressWarnings("serial") // never leaves the process
public final class NotHeld extends TomboloException {
    private final ServiceName service;

    NotHeld(ServiceName service) {
        super(
                Fault.NO_CONFIG,
                "service " + service,
                "was not called before, and the controller does not say where it is",
                "try again; if it lasts, see whether the controller runs");
        this.service = service;
    }

    public ServiceName service() {
        return service;
    }
}
