package io.tombolo.model.name;

import java.util.Optional;

/** What is spoken inside a mesh TLS connection (RFC 7301 protocol names). */
public enum Alpn {
    /** HTTP/2 between sidecars. */
    H2("h2"),
    /** HTTP/1.1 between sidecars. */
    HTTP_1_1("http/1.1"),
    /** One TCP stream of the application. */
    TOMBOLO_TCP("tombolo-tcp"),
    /** The control stream from a terminating gateway to a sidecar: delegations. */
    TOMBOLO_FWD("tombolo-fwd"),
    /** Controller to controller, and probes of gateways. */
    TOMBOLO_CTL("tombolo-ctl");

    private final String protocol;

    Alpn(String protocol) {
        this.protocol = protocol;
    }

    /** The name on the wire. */
    public String protocol() {
        return protocol;
    }

    /** The protocol of that name. */
    public static Optional<Alpn> of(String protocol) {
        for (Alpn alpn : values()) {
            if (alpn.protocol.equals(protocol)) {
                return Optional.of(alpn);
            }
        }
        return Optional.empty();
    }
}
