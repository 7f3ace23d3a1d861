package io.tombolo.dataplane.route;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ServicePort;

/**
 * A service that may be called from here, and the port of it that is meant.
 * @param service  of one instance only what its cluster has of it: nobody elsewhere can answer
 * @param protocol what is spoken on that port, as its owner declares
 * @param callee   whom the call is for
 */
public record Routed(ServicePort port, ImportedService service, AppProtocol protocol, Callee callee) {
    /** The same for exactly one instance. */
    Routed to(Callee.One one) {
        return new Routed(port, service.only(one.cluster()), protocol, one);
    }

    /** Whether one instance is meant, and nobody else will do. */
    public boolean isOfOne() {
        return callee instanceof Callee.One;
    }
}
