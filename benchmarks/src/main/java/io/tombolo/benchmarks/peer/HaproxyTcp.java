package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;

/** HAProxy in {@code mode tcp} with mutual TLS 1.3, set up as {@link HaproxyHttp} says. */
public final class HaproxyTcp {
    private static final String OUTBOUND = """
            listen outbound
              bind 127.0.0.1:%d
              server app 127.0.0.1:%d ssl crt %s ca-file %s verify required verifyhost %s no-ssl-reuse
            """;
    private static final String INBOUND = """
            listen inbound
              bind 127.0.0.1:%d ssl crt %s ca-file %s verify required curves X25519
              tcp-request session reject unless { ssl_c_serial,hex -m str %s }
              server app 127.0.0.1:%d
            """;

    private HaproxyTcp() {}

    /**
     * Beside a caller.
     * @throws Missing if there is no HAProxy
     */
    public static Contender outbound(Workshop workshop, Papers papers, MeshPeer peer) throws Missing {
        int port = Ports.free();
        String text = OUTBOUND.formatted(port, peer.port(), papers.both(), papers.roots(), peer.dnsName());
        return Haproxy.start(workshop, "haproxy-outbound", common() + text, port);
    }

    /**
     * Beside an application.
     * @param caller who may call
     * @throws Missing if there is no HAProxy
     */
    public static Contender inbound(Workshop workshop, Papers papers, Papers caller, int appPort) throws Missing {
        int port = Ports.free();
        String text = INBOUND.formatted(port, papers.both(), papers.roots(), caller.serial(), appPort);
        return Haproxy.start(workshop, "haproxy-inbound", common() + text, port);
    }

    private static String common() {
        return HaproxyHttp.COMMON
                .formatted("tcp", "timeout tunnel 1h")
                .replace("  timeout http-keep-alive 75s\n", "")
                .replace("  retry-on conn-failure\n", "");
    }
}
