package io.tombolo.controller.tokens;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a token without being one: 16 random bytes as 32 hexadecimal digits. */
public record TokenId(String hex) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    public TokenId {
        boolean wellFormed = hex.length() == 2 * BYTES && hex.chars().allMatch(HexFormat::isHexDigit);
        if (!wellFormed) {
            throw new TomboloException(
                    Fault.NOT_FOUND, "token id", "is not 32 hexadecimal digits", "see `tombolo token list`");
        }
    }

    static TokenId random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return of(bytes);
    }

    /** From the wire. */
    public static TokenId of(byte[] bytes) {
        return new TokenId(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
