package io.tombolo.model.catalog;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.PortNumber;

/**
 * An address to dial.
 * @param host IPv4, IPv6 without brackets, or a DNS name; 1 to 253 characters
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    public HostPort {
        boolean plain = !host.isEmpty()
                && host.length() <= 253
                && host.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/' && c != '@' && c != '[' && c != ']');
        if (!plain) {
            throw new TomboloException(Fault.BAD_NAME, "address", "no host name or IP address", "write host:port");
        }
        PortNumber.check("address " + host, port);
    }

    /** Reads {@code host:port} or {@code [v6]:port}. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        int port = colon < 1 ? -1 : PortNumber.parse(text.substring(colon + 1));
        if (port < 1) {
            throw new TomboloException(
                    Fault.BAD_NAME, "address '" + text + "'", "lacks a port", "write host:port or [IPv6]:port");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
