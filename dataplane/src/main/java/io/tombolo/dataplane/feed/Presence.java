package io.tombolo.dataplane.feed;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.ServicePort;
import java.util.List;
import java.util.Optional;

/**
 * What this proxy tells its controller about itself at the beginning of every stream.
 * @param addresses where others of this cluster (a sidecar), or of other ones (a gateway), reach it
 * @param version   of this software
 * @param offers    services that a sidecar offers
 * @param zone      may be empty
 * @param weight    1 to 10000
 * @param hostname  what a sidecar's instance is called below its service
 * @param byAddress whether connections come to it by the addresses that they were to go to
 */
public record Presence(
        List<HostPort> addresses,
        String version,
        List<Offered> offers,
        String zone,
        int weight,
        Optional<InstanceHostname> hostname,
        boolean byAddress) {
    public Presence {
        addresses = List.copyOf(addresses);
        offers = List.copyOf(offers);
    }

    /** One port of one service that is offered; {@code portName} may be empty. */
    public record Offered(ServicePort port, AppProtocol protocol, String portName) {}
}
