package io.tombolo.trustbundle.key;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.curve.Ed25519Point;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The public half of an Ed25519 key (RFC 8032), 32 bytes as they go over the wire. Immutable; equal when the bytes are.
 * A point of small order is refused: everybody can sign for such a key. Making one costs as much as verifying: keep it.
 */
public final class Ed25519PublicKey {
    /** Length of the raw key, in bytes. */
    public static final int LENGTH = 32;

    /** Length of a signature, in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    /** Length of a key id, in bytes. */
    public static final int KEY_ID_LENGTH = 16;

    /** What comes before the raw key in a SubjectPublicKeyInfo (RFC 8410 §4). */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] raw;
    private final Ed25519Point point;

    /**
     * Takes 32 raw bytes.
     * @throws TomboloException {@link Fault#BAD_KEY} for another length, or bytes that are no usable point
     */
    public Ed25519PublicKey(byte[] raw) {
        if (raw.length != LENGTH) {
            throw bad("it has " + raw.length + " bytes");
        }
        this.raw = raw.clone();
        this.point = Ed25519Point.decode(raw).orElseThrow(() -> bad("its bytes are no point of full order"));
    }

    /**
     * The same key as the JDK holds it, such as that of a certificate request.
     * @throws TomboloException {@link Fault#BAD_KEY} if it is a key of another sort
     */
    public static Ed25519PublicKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int prefix = SPKI_PREFIX.length;
        if (encoded == null
                || encoded.length != prefix + LENGTH
                || !Arrays.equals(encoded, 0, prefix, SPKI_PREFIX, 0, prefix)) {
            throw bad("it is a key for " + key.getAlgorithm());
        }
        return new Ed25519PublicKey(Arrays.copyOfRange(encoded, prefix, encoded.length));
    }

    /**
     * Whether this key signed exactly these bytes. Takes about 0.1 ms: not for event loops.
     * @param signature a stranger's bytes; any length other than 64 is simply no signature
     */
    public boolean verify(byte[] message, byte[] signature) {
        return point.verify(message, signature);
    }

    /** How records name this key: the first 16 bytes of the SHA-256 of the raw key. */
    public byte[] keyId() {
        return Arrays.copyOf(Sha256.of(raw), KEY_ID_LENGTH);
    }

    /** A copy of the 32 bytes. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The key for the JDK. */
    public PublicKey asPublicKey() {
        byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH);
        System.arraycopy(raw, 0, encoded, SPKI_PREFIX.length, LENGTH);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has Ed25519", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && MessageDigest.isEqual(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /** The key id in hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(keyId());
    }

    private static TomboloException bad(String what) {
        return new TomboloException(
                Fault.BAD_KEY, "Ed25519 public key", what, "give the 32 raw bytes of a key that Ed25519 made");
    }
}
