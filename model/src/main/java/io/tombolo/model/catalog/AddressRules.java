package io.tombolo.model.catalog;

import io.tombolo.model.name.Rfc1123;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses of other clusters' gateways are dialled. A controller looks at what is written; a proxy looks again at what
 * a name was resolved to, at the moment and on the very address that it dials. Pure; nothing is resolved here.
 * @param allowLoopback {@code controller.allow-loopback-gateways}: for development, several clusters on one machine
 * @param denied        {@code controller.denied-gateway-ranges}; at most 256
 */
public record AddressRules(boolean allowLoopback, List<AddressRange> denied) {
    /** Most ranges. */
    public static final int MAX_DENIED = 256;

    /** What counts where nobody said anything. */
    public static final AddressRules STRICT = new AddressRules(false);

    private static final AddressRange THIS_NETWORK = AddressRange.parse("0.0.0.0/8");
    private static final AddressRange BROADCAST = AddressRange.parse("255.255.255.255/32");
    private static final AddressRange TRANSLATED = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
    private static final int IPV4_BYTES = 4;

    public AddressRules {
        denied = List.copyOf(denied);
    }

    public AddressRules(boolean allowLoopback) {
        this(allowLoopback, List.of());
    }

    /** Why an address must not be used as it is written; empty = it may be, or it is a name. */
    public Optional<String> refusal(HostPort address) {
        String host = plain(address.host());
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return isAmbiguous(host, literal.get())
                    ? Optional.of("not written as four numbers, and read differently by others")
                    : refusal(literal.get());
        }
        if (!isName(host)) {
            return Optional.of("neither an IP address nor a name");
        }
        return host.equals("localhost") || host.endsWith(".localhost") ? loopback() : Optional.empty();
    }

    /** The same for what is about to be dialled. */
    public Optional<String> refusal(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return loopback();
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("link-local");
        }
        if (address.isMulticastAddress()) {
            return Optional.of("multicast");
        }
        if (address.isAnyLocalAddress() || THIS_NETWORK.contains(address) || BROADCAST.contains(address)) {
            return Optional.of("not the address of one machine");
        }
        Optional<AddressRange> range =
                denied.stream().filter(each -> each.contains(address)).findFirst();
        return range.map(each -> "in " + each + ", which the operator denied")
                .or(() -> embedded(address).flatMap(this::refusal));
    }

    /** Whether {@code host} is an address rather than a name. */
    public static boolean isLiteral(String host) {
        return literal(plain(host)).isPresent();
    }

    /** Java reads {@code 0177.0.0.1} as 177.0.0.1, the C library as 127.0.0.1; and parts may be left out. */
    private static boolean isAmbiguous(String host, InetAddress read) {
        return host.indexOf(':') < 0 && !read.getHostAddress().equals(host);
    }

    private Optional<String> loopback() {
        return allowLoopback ? Optional.empty() : Optional.of("loopback");
    }

    /** An IPv4 address that an IPv6 one only carries to where it is unpacked. (Mapped ones are IPv4 for Java already.) */
    private static Optional<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address six)) {
            return Optional.empty();
        }
        byte[] all = six.getAddress();
        if (six.isIPv4CompatibleAddress() || TRANSLATED.contains(six)) {
            return Optional.of(ipv4(Arrays.copyOfRange(all, all.length - IPV4_BYTES, all.length)));
        }
        return SIX_TO_FOUR.contains(six)
                ? Optional.of(ipv4(Arrays.copyOfRange(all, 2, 2 + IPV4_BYTES)))
                : Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return Inet4Address.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    /** Lower case, without the dot that ends a full name: resolvers take one, also after an address. */
    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Whoever resolves a "name" that ends in a number may read it as an address: octal, hexadecimal, or with parts left out. */
    private static boolean isName(String host) {
        String[] labels = host.split("\\.", -1);
        String last = labels[labels.length - 1];
        return Arrays.stream(labels).allMatch(Rfc1123::isLabel)
                && !last.chars().allMatch(c -> c >= '0' && c <= '9')
                && !last.startsWith("0x");
    }
}
