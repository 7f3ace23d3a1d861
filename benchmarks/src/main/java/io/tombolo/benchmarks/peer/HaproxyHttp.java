package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * HAProxy set up to do what a sidecar of ours does: {@code mode http}, a backend per service found by Host in a map, retries of
 * failed connects, shared server connections, mutual TLS 1.3 without resumption, rules by caller, method and path where requests
 * come in; one thread. It cannot compare SPIFFE ids, so it compares the DNS name of the process that it calls, sends no server name,
 * which it would compare instead, and knows its caller by the certificate's number. TCP is the same in {@code mode tcp}.
 */
public final class HaproxyHttp {
    static final String COMMON = """
            global
              nbthread 1
              maxconn 4096
              ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256
              ssl-default-bind-options ssl-min-ver TLSv1.3 no-tls-tickets
              ssl-default-server-ciphersuites TLS_AES_128_GCM_SHA256
              ssl-default-server-options ssl-min-ver TLSv1.3 no-tls-tickets
              tune.ssl.cachesize 0
            defaults
              mode %1$s
              timeout connect 500ms
              timeout client 75s
              timeout http-keep-alive 75s
              timeout server 300s
              retries 2
              retry-on conn-failure
              option redispatch
              %2$s
            """;
    private static final String OUTBOUND = """
            frontend outbound
              bind 127.0.0.1:%d %s
              use_backend %%[req.hdr(host),lower,map_str(%s)]
            """;
    private static final String BACKEND = """
            backend %s
              server app 127.0.0.1:%d ssl crt %s ca-file %s verify required verifyhost %s alpn %s no-ssl-reuse
            """;
    private static final String INBOUND = """
            frontend inbound
              bind 127.0.0.1:%d ssl crt %s ca-file %s verify required alpn %s curves X25519
              http-request deny unless { req.hdr(host) -i checkout checkout.shop checkout.shop.svc checkout.shop.svc.cluster.local checkout.shop.svc.clusterset.local }
              http-request deny unless { ssl_c_serial,hex -m str %s } { method GET POST } { path_beg /api/ /shop.Carts/ }
              http-request set-header x-caller %%[ssl_c_serial,hex]
              default_backend app
            backend app
              server app 127.0.0.1:%d %s
            """;

    private HaproxyHttp() {}

    /**
     * Beside a caller.
     * @param services in its route table, all at {@code peer}
     * @throws Missing if there is no HAProxy
     */
    public static Contender outbound(Workshop workshop, Wire wire, Papers papers, MeshPeer peer, int services)
            throws Missing {
        int port = Ports.free();
        Path hosts = workshop.write(
                "haproxy-hosts.map",
                PaperFeed.services(services).stream()
                        .map(name -> name + ".shop " + name + "\n")
                        .collect(Collectors.joining()));
        String backends = PaperFeed.services(services).stream()
                .map(name ->
                        BACKEND.formatted(name, peer.port(), papers.both(), papers.roots(), peer.dnsName(), alpn(wire)))
                .collect(Collectors.joining());
        return Haproxy.start(
                workshop, "haproxy-outbound", common() + OUTBOUND.formatted(port, prior(wire), hosts) + backends, port);
    }

    /**
     * Beside an application.
     * @param caller who may call
     * @throws Missing if there is no HAProxy
     */
    public static Contender inbound(Workshop workshop, Wire wire, Papers papers, Papers caller, int appPort)
            throws Missing {
        int port = Ports.free();
        String inbound = INBOUND.formatted(
                port, papers.both(), papers.roots(), alpn(wire), caller.serial(), appPort, prior(wire));
        return Haproxy.start(workshop, "haproxy-inbound", common() + inbound, port);
    }

    private static String common() {
        return COMMON.formatted("http", "http-reuse always");
    }

    private static String alpn(Wire wire) {
        return wire.isMultiplexed() ? "h2" : "http/1.1";
    }

    /** HTTP/2 in the clear begins without asking. */
    private static String prior(Wire wire) {
        return wire.isMultiplexed() ? "proto h2" : "";
    }
}
