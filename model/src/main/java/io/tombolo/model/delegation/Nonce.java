package io.tombolo.model.delegation;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.HexFormat;

/**
 * 32 random bytes that whoever is to believe a delegation made up for one connection. Who was never asked cannot have signed
 * it, and what was signed for another connection does not fit.
 * @param hex 64 characters, lower case
 */
public record Nonce(String hex) {
    /** Length in bytes. */
    public static final int BYTES = 32;

    public Nonce {
        if (hex.length() != 2 * BYTES || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && !isUpper(c))) {
            throw new TomboloException(
                    Fault.BAD_DELEGATION, "challenge", "it is not " + BYTES + " bytes", "compare `tombolo version`");
        }
    }

    /** @throws TomboloException BAD_DELEGATION unless there are 32 */
    public static Nonce of(byte[] bytes) {
        return new Nonce(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'F';
    }
}
