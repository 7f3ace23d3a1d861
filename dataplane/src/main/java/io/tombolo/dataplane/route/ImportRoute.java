package io.tombolo.dataplane.route;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/** Outbound: from a host name to an imported service. */
public final class ImportRoute {
    private ImportRoute() {}

    /**
     * Reads {@code checkout.shop.svc.clusterset.local} and {@code checkout.shop}, with or without a final dot.
     * @return empty if the name can be no service's
     */
    public static Optional<ServiceName> name(String host) {
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String suffix = "." + ServiceName.CLUSTERSET_DOMAIN;
        String bare = plain.endsWith(suffix) ? plain.substring(0, plain.length() - suffix.length()) : plain;
        int dot = bare.indexOf('.');
        if (dot < 1 || !Rfc1123.isLabel(bare.substring(0, dot)) || !Rfc1123.isLabel(bare.substring(dot + 1))) {
            return Optional.empty();
        }
        return Optional.of(new ServiceName(bare.substring(dot + 1), bare.substring(0, dot)));
    }

    /**
     * Routes by host name.
     * @param port 1 to 65535
     * @throws NotHeld if it has to be asked for
     * @throws TomboloException NO_CONFIG, NO_SUCH_SERVICE or SERVICE_WITHDRAWN
     */
    public static Routed byHost(ProxyConfig config, String host, int port) {
        ServiceName name = name(host).orElseThrow(() -> unknown(host));
        return byPort(config, new ServicePort(name, port));
    }

    /** Routes by what a declared local port stands for; faults as in {@link #byHost}. */
    public static Routed byPort(ProxyConfig config, ServicePort wanted) {
        ServiceName name = wanted.service();
        if (config.own().isEmpty()) {
            throw new TomboloException(
                    Fault.NO_CONFIG,
                    "service " + name,
                    "this sidecar has not heard from its controller yet",
                    "try again; if it lasts, look at the sidecar's log");
        }
        ImportedService service = config.imported(name).orElseThrow(() -> notThere(config, name));
        if (service.withdrawnAt().isPresent()) {
            throw new TomboloException(
                    Fault.SERVICE_WITHDRAWN,
                    "service " + name,
                    "its export was withdrawn at " + service.withdrawnAt().get(),
                    "ask its owner to export it again");
        }
        for (ExportedPort exported : service.ports()) {
            if (exported.port() == wanted.port()) {
                return new Routed(wanted, service, exported.protocol(), new Callee.Anyone(name));
            }
        }
        throw noSuchPort(service, wanted.port());
    }

    /** Routes by what an address stands for; faults as in {@link #byHost}. Whether one instance is there is seen later. */
    public static Routed byCallee(ProxyConfig config, CalleePort wanted) {
        Routed anyone = byPort(config, wanted.servicePort());
        return switch (wanted.callee()) {
            case Callee.Anyone _ -> anyone;
            case Callee.One one -> anyone.to(one);
        };
    }

    private static TomboloException notThere(ProxyConfig config, ServiceName name) {
        return config.isHeldBack(name) ? new NotHeld(name) : unknown(name.clustersetName());
    }

    private static TomboloException noSuchPort(ImportedService service, int port) {
        return new TomboloException(
                Fault.NO_SUCH_SERVICE,
                "service " + service.service(),
                "has no port " + port,
                "it has " + service.ports().stream().map(ExportedPort::port).toList());
    }

    private static TomboloException unknown(String host) {
        return new TomboloException(
                Fault.NO_SUCH_SERVICE,
                "host " + host,
                "is no service that may be called from here",
                "`tombolo services` lists those that are; other hosts do not go through the sidecar");
    }
}
