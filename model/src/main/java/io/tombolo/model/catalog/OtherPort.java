package io.tombolo.model.catalog;

import io.tombolo.model.name.PortNumber;
import io.tombolo.model.name.Rfc1123;

/**
 * A port that a service has and that no call goes to, because only TCP is carried. Told so that an import lists every port.
 * @param port      1 to 65535
 * @param name      RFC 1123 label or empty
 * @param transport what it is on instead
 */
public record OtherPort(int port, String name, Transport transport) {
    /** As Kubernetes writes them. */
    public enum Transport {
        UDP,
        SCTP
    }

    /** Most of one service. */
    public static final int MOST = 64;

    public OtherPort {
        PortNumber.check("port '" + name + "'", port);
        if (!name.isEmpty()) {
            Rfc1123.label("port name", name);
        }
    }
}
