package io.tombolo.model.catalog;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.InetAddress;

/**
 * Addresses that begin alike.
 * @param network    its first address
 * @param prefixBits 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record AddressRange(InetAddress network, int prefixBits) {
    public AddressRange {
        if (prefixBits < 0 || prefixBits > network.getAddress().length * Byte.SIZE) {
            throw bad(network.getHostAddress() + "/" + prefixBits);
        }
    }

    /** Reads {@code 10.0.0.0/8} or {@code fd00::/8}. */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        try {
            return new AddressRange(
                    InetAddress.ofLiteral(text.substring(0, Math.max(slash, 0))),
                    Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException notARange) {
            throw bad(text);
        }
    }

    /** Whether {@code address} is one of them; never one of the other family. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static TomboloException bad(String text) {
        return new TomboloException(
                Fault.BAD_NAME, "address range '" + text + "'", "is none", "write 10.0.0.0/8 or fd00::/8");
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }
}
