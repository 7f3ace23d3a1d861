package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/**
 * One process of a service behind one sidecar, or one gateway process. Opaque; tells nothing about its address.
 * @param value 13 lower-case base32 characters (RFC 4648 §6, no padding): 65 bits, of which 64 are random
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
    /** Length in characters. */
    public static final int LENGTH = 13;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    public InstanceId {
        if (!isInstanceId(value)) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    "instance '" + Rfc1123.printable(value) + "'",
                    "is not an instance id",
                    "13 characters of a-z and 2-7, as `tombolo services` shows them");
        }
    }

    /** The id that 64 random bits spell. */
    public static InstanceId of(long randomBits) {
        var text = new StringBuilder(LENGTH);
        for (int shift = 59; shift >= -1; shift -= 5) {
            int five = (int) (shift >= 0 ? randomBits >>> shift : randomBits << 1) & 31;
            text.append(ALPHABET.charAt(five));
        }
        return new InstanceId(text.toString());
    }

    /** Whether {@code text} has the form of an id. */
    public static boolean isInstanceId(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
