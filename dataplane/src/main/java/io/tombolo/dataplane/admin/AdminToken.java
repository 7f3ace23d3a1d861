package io.tombolo.dataplane.admin;

import io.tombolo.trustbundle.key.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The credential of this run: 32 random bytes in hexadecimal in {@code <state directory>/admin.token}, 0600. */
final class AdminToken {
    static final String FILE = "admin.token";

    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] expected;

    private AdminToken(byte[] expected) {
        this.expected = expected;
    }

    /** A new one in the place of that of the last run. Blocks on the disk. */
    static AdminToken create(Path stateDirectory) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String text = HexFormat.of().formatHex(random);
        SecretFile.write(stateDirectory.resolve(FILE), text.getBytes(StandardCharsets.US_ASCII));
        return new AdminToken((SCHEME + text).getBytes(StandardCharsets.US_ASCII));
    }

    /** Compares in constant time. */
    boolean fits(String authorization) {
        return MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
    }
}
