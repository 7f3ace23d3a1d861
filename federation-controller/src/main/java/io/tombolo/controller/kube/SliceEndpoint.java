package io.tombolo.controller.kube;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.name.InstanceHostname;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One address at which a service is in one cluster.
 * @param port     of the proxy that listens there
 * @param ready    whether it is known to work; false = not known
 * @param hostname what the instance there is called
 */
record SliceEndpoint(InetAddress address, int port, boolean ready, Optional<InstanceHostname> hostname) {
    /** Empty for a host name, for endpoints are addresses, and for addresses that mean something else on each machine. */
    static Optional<SliceEndpoint> of(HostPort at, boolean ready) {
        return of(at, ready, Optional.empty());
    }

    static Optional<SliceEndpoint> of(HostPort at, boolean ready, Optional<InstanceHostname> hostname) {
        return IpText.read(at.host())
                .filter(ServiceAddresses::isAPlace) // the API server refuses a whole slice for one of the others
                .map(address -> new SliceEndpoint(address, at.port(), ready, hostname));
    }

    boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    String ip() {
        return IpText.of(address);
    }
}
