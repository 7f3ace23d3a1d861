package io.tombolo.controller.kube;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Addresses as Kubernetes writes them: of IPv6 the longest run of zeros is left out (RFC 5952). */
final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    static String of(InetAddress address) {
        String plain = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return plain;
        }
        List<String> groups = Arrays.asList(plain.split(":", -1));
        for (int length = GROUPS; length > 1; length--) {
            int at = Collections.indexOfSubList(groups, Collections.nCopies(length, "0"));
            if (at >= 0) {
                return String.join(":", groups.subList(0, at)) + "::"
                        + String.join(":", groups.subList(at + length, GROUPS));
            }
        }
        return plain;
    }

    /** Empty if it is no address, or one of a network interface ({@code %}): Kubernetes has none of these. */
    static Optional<InetAddress> read(String text) {
        if (text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException hostName) {
            return Optional.empty();
        }
    }
}
