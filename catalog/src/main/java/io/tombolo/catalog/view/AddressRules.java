package io.tombolo.catalog.view;

import io.tombolo.model.catalog.HostPort;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Which addresses of other clusters' gateways are dialled. A name is checked again when it is resolved.
 * @param allowLoopback {@code controller.allow-loopback-gateways}: for development, several clusters on one machine
 */
public record AddressRules(boolean allowLoopback) {
    /** Why an address must not be used; empty = it may be. */
    public Optional<String> refusal(HostPort address) {
        return literal(address.host()).flatMap(this::refusal);
    }

    /** The same for what a name was resolved to. */
    public Optional<String> refusal(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return allowLoopback ? Optional.empty() : Optional.of("loopback");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("link-local");
        }
        if (address.isMulticastAddress()) {
            return Optional.of("multicast");
        }
        return address.isAnyLocalAddress() || isBroadcast(address)
                ? Optional.of("not the address of one machine")
                : Optional.empty();
    }

    private static boolean isBroadcast(InetAddress address) {
        return address instanceof Inet4Address && address.getHostAddress().equals("255.255.255.255");
    }

    /** Empty for a name: nothing is resolved here. {@code localhost} is a name that is always the same machine. */
    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host.equals("localhost") ? "127.0.0.1" : host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }
}
