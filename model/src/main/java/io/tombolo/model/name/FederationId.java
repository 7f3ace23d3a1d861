package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.HexFormat;

/**
 * What a federation really is: the SHA-256 of its genesis record.
 * @param hex 64 lower-case hexadecimal digits
 */
public record FederationId(String hex) {
    public FederationId {
        if (hex.length() != 64 || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    "federation id '" + Rfc1123.printable(hex) + "'",
                    "is not a SHA-256",
                    "64 lower-case hexadecimal digits, as `tombolo status` shows them");
        }
    }

    /** The id whose SHA-256 is {@code digest} (32 bytes). */
    public static FederationId of(byte[] digest) {
        return new FederationId(HexFormat.of().formatHex(digest));
    }

    /** The 32 bytes of the digest. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
