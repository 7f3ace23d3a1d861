package io.tombolo.dataplane.policy;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;

/** Proof that a verified caller may use a port of a service that is served here. Only {@link ServiceGate} makes one. */
public final class Admitted {
    private final SpiffeId caller;
    private final ClusterId callerCluster;
    private final ServedService service;
    private final ServicePort port;
    private final AppProtocol protocol;

    Admitted(SpiffeId caller, ClusterId callerCluster, ServedService service, ServicePort port, AppProtocol protocol) {
        this.caller = caller;
        this.callerCluster = callerCluster;
        this.service = service;
        this.port = port;
        this.protocol = protocol;
    }

    public SpiffeId caller() {
        return caller;
    }

    public ClusterId callerCluster() {
        return callerCluster;
    }

    public ServedService service() {
        return service;
    }

    public ServicePort port() {
        return port;
    }

    public AppProtocol protocol() {
        return protocol;
    }
}
