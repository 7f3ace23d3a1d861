package io.tombolo.model.catalog;

import io.tombolo.model.name.PortNumber;
import io.tombolo.model.name.Rfc1123;

/**
 * One port of a service as callers see it.
 * @param port     1 to 65535
 * @param name     RFC 1123 label or empty
 * @param protocol what is spoken on it
 */
public record ExportedPort(int port, String name, AppProtocol protocol) {
    public ExportedPort {
        PortNumber.check("port '" + name + "'", port);
        if (!name.isEmpty()) {
            Rfc1123.label("port name", name);
        }
    }
}
