package io.tombolo.controller.enrol;

import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.ServiceName;

/** A service port that a sidecar says it answers for; what its registration allows is decided elsewhere. */
public record OfferedPort(ServiceName service, ExportedPort port) {}
