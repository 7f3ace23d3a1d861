package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The host names and addresses that a server's certificate is for.
 * @param dnsNames lower-case host names, without wildcards
 * @param addresses IPv4 and IPv6
 */
public record ServerNames(List<String> dnsNames, List<InetAddress> addresses) {
    /** Most names in one certificate. */
    public static final int MAX = 64;

    public ServerNames {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
        int count = dnsNames.size() + addresses.size();
        if (count < 1 || count > MAX || !dnsNames.stream().allMatch(ServerNames::isHost)) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    "server names",
                    "are " + count + " names and addresses, or one is not a host name",
                    "give 1 to " + MAX + " host names or IP addresses, without ports");
        }
    }

    /** Sorts hosts into names and literal addresses; nothing is looked up. */
    public static ServerNames of(Collection<String> hosts) {
        List<InetAddress> addresses = hosts.stream()
                .distinct()
                .filter(ServerNames::isLiteral)
                .map(InetAddress::ofLiteral)
                .toList();
        List<String> names =
                hosts.stream().distinct().filter(host -> !isLiteral(host)).toList();
        return new ServerNames(names, addresses);
    }

    GeneralNames toGeneralNames() {
        return new GeneralNames(Stream.concat(
                        dnsNames.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        addresses.stream()
                                .map(address -> new GeneralName(GeneralName.iPAddress, address.getHostAddress())))
                .toArray(GeneralName[]::new));
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    private static boolean isHost(String text) {
        return !text.isEmpty()
                && text.length() <= 253
                && text.chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) && c < 0x80 || c == '-' || c == '.' || c == '_');
    }
}
