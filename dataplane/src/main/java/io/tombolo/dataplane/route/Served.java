package io.tombolo.dataplane.route;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.name.ServicePort;

/** A port of a service that this sidecar answers for. */
public record Served(ServicePort port, ServedService service, AppProtocol protocol) {}
