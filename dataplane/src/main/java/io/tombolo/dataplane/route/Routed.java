package io.tombolo.dataplane.route;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServicePort;

/**
 * A service that may be called from here, and the port of it that is meant.
 * @param protocol what is spoken on that port, as its owner declares
 */
public record Routed(ServicePort port, ImportedService service, AppProtocol protocol) {}
