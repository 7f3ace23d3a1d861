package io.tombolo.trustbundle.key;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names a public key for ever, whatever certificate carries it: the SHA-256 of its SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
 * Immutable; compared in constant time.
 */
public final class KeyPin {
    /** Length, in bytes. */
    public static final int LENGTH = Sha256.LENGTH;

    private final byte[] digest;

    private KeyPin(byte[] digest) {
        this.digest = digest;
    }

    public static KeyPin of(PublicKey key) {
        return new KeyPin(Sha256.of(key.getEncoded()));
    }

    public static KeyPin of(X509Certificate certificate) {
        return of(certificate.getPublicKey());
    }

    /**
     * A pin as a token carries it.
     * @throws TomboloException {@link Fault#BAD_KEY} unless {@code digest} has 32 bytes
     */
    public static KeyPin ofBytes(byte[] digest) {
        if (digest.length != LENGTH) {
            throw new TomboloException(
                    Fault.BAD_KEY, "key pin", "it has " + digest.length + " bytes", "a pin is a SHA-256 of 32 bytes");
        }
        return new KeyPin(digest.clone());
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPin that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
