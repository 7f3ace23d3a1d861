package io.tombolo.controller.kube;

import io.tombolo.model.name.ServiceName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names of Services that are derived from imports, by the rule of the MCS API's own controller. */
final class DerivedName {
    private static final String BASE32_HEX = "0123456789abcdefghijklmnopqrstuv";
    private static final int LENGTH = 10;
    private static final int BITS = 5;

    private DerivedName() {}

    /** {@code derived-} and the first ten characters of the name's SHA-256 in base32hex. */
    static String of(ServiceName service) {
        byte[] hash = sha256(service.namespace() + "/" + service.name());
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = first << Byte.SIZE | Byte.toUnsignedInt(hash[i]);
        }
        var name = new StringBuilder("derived-");
        for (int i = 1; i <= LENGTH; i++) {
            name.append(BASE32_HEX.charAt((int) (first >>> Long.SIZE - i * BITS) & (1 << BITS) - 1));
        }
        return name.toString();
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
