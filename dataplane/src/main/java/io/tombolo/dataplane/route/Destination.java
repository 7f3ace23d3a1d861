package io.tombolo.dataplane.route;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Sni;

/** Where a connection that named {@link Sni} goes. */
public sealed interface Destination {
    /** To a sidecar of this cluster that serves an exported port. */
    record ToService(Sni.Service name) implements Destination {}

    /** To this gateway itself, which asks who it is before it says whether that name is served at all. */
    record ToTerminate(Sni.Service name) implements Destination {}

    /** To this gateway itself: a peer measures the path. */
    record ToProbe(Sni.Probe name) implements Destination {}

    /** To the controller of this cluster. */
    record ToControl(HostPort address) implements Destination {}

    /** Nowhere. */
    record Nowhere(Fault why) implements Destination {}
}
