package io.tombolo.dataplane.route;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.hello.ClientHello;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import java.util.Optional;

/**
 * Which names this gateway answers for: exported services of its own cluster in its own federation, the probe names of its
 * gateways, and its controller. Pure; two hash look-ups.
 */
public final class PassthroughRoute {
    private PassthroughRoute() {}

    /** Decides. */
    public static Destination route(ClientHello hello, ProxyConfig config) {
        Optional<OwnCluster> own = config.own();
        if (own.isEmpty()) {
            return new Destination.Nowhere(Fault.NO_CONFIG);
        }
        Optional<Sni> name = hello.serverName().flatMap(Sni::parse);
        if (name.isEmpty() || !isOurs(name.get(), own.get())) {
            return new Destination.Nowhere(Fault.UNKNOWN_SERVER_NAME);
        }
        return switch (name.get()) {
            case Sni.Service service -> toService(service, config);
            case Sni.Probe probe -> toProbe(probe, hello);
            case Sni.Control control -> toControl(hello, own.get());
        };
    }

    private static boolean isOurs(Sni name, OwnCluster own) {
        return name.cluster().equals(own.cluster()) && name.federation().equals(own.federation());
    }

    /** Where some services are terminated, a name that is not served is asked for its caller as they are: nobody sees which is which. */
    private static Destination toService(Sni.Service name, ProxyConfig config) {
        if (served(name.port(), config, ExportMode.PASSTHROUGH).isPresent()) {
            return new Destination.ToService(name);
        }
        return config.terminates()
                ? new Destination.ToTerminate(name)
                : new Destination.Nowhere(Fault.UNKNOWN_SERVER_NAME);
    }

    /** The exported port that this gateway serves in that mode. */
    public static Optional<Served> served(ServicePort port, ProxyConfig config, ExportMode mode) {
        return config.served(port.service())
                .filter(service -> service.exported() && service.mode() == mode)
                .flatMap(service -> service.ports().stream()
                        .filter(exported -> exported.port() == port.port())
                        .findFirst()
                        .map(exported -> new Served(port, service, exported.protocol())));
    }

    /** Also by the name of another gateway: behind a load balancer who dials cannot choose, and sees who answers. */
    private static Destination toProbe(Sni.Probe name, ClientHello hello) {
        return speaksControl(hello)
                ? new Destination.ToProbe(name)
                : new Destination.Nowhere(Fault.UNKNOWN_SERVER_NAME);
    }

    private static Destination toControl(ClientHello hello, OwnCluster own) {
        if (!speaksControl(hello) || own.control().isEmpty()) {
            return new Destination.Nowhere(Fault.UNKNOWN_SERVER_NAME);
        }
        return new Destination.ToControl(own.control().get());
    }

    private static boolean speaksControl(ClientHello hello) {
        return hello.alpn().contains(Alpn.TOMBOLO_CTL.protocol());
    }
}
