package io.tombolo.dataplane.route;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import java.util.Optional;
import java.util.Set;

/** Inbound: from a server name to a service that is served here. */
public final class ServedRoute {
    private ServedRoute() {}

    /**
     * Finds what a connection asks for.
     * @param serverName as the client sent it
     * @param offered    ports that this sidecar has an application for
     * @param self       this process: a name that demands another one exactly is not answered
     * @return empty if this listener does not answer for it: another name, cluster or federation, or not offered
     */
    public static Optional<Served> find(
            ProxyConfig config, String serverName, Set<ServicePort> offered, InstanceId self) {
        return Sni.parse(serverName)
                .filter(Sni.Service.class::isInstance)
                .map(Sni.Service.class::cast)
                .filter(name -> config.own().filter(own -> isOurs(own, name)).isPresent())
                .filter(name ->
                        name.wanted() != Sni.Wanted.EXACT || name.instance().equals(Optional.of(self)))
                .map(Sni.Service::port)
                .filter(offered::contains)
                .flatMap(port -> config.served(port.service()).flatMap(service -> port(service, port)));
    }

    private static boolean isOurs(OwnCluster own, Sni.Service name) {
        return own.cluster().equals(name.cluster()) && own.federation().equals(name.federation());
    }

    private static Optional<Served> port(ServedService service, ServicePort port) {
        return service.ports().stream()
                .filter(exported -> exported.port() == port.port())
                .findFirst()
                .map(ExportedPort::protocol)
                .map(protocol -> new Served(port, service, protocol));
    }

    /**
     * Whether a request's Host belongs to the service: its clusterset name, {@code name.namespace}, the bare name, or the
     * cluster's usual local names.
     * @param host lower case, without port
     */
    public static boolean isNameOf(ServiceName service, String host) {
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String shortName = service.name() + "." + service.namespace();
        return plain.equals(service.clustersetName())
                || plain.equals(shortName)
                || plain.equals(service.name())
                || plain.equals(shortName + ".svc")
                || plain.equals(shortName + ".svc.cluster.local");
    }
}
