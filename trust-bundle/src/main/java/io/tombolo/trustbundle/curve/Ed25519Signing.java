package io.tombolo.trustbundle.curve;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** What a seed of 32 bytes can do. Deterministic, and in constant time, as RFC 8032 says. */
public final class Ed25519Signing {
    private Ed25519Signing() {}

    /** The 32 bytes of the public key. */
    public static byte[] publicKey(byte[] seed) {
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        return publicKey;
    }

    /**
     * The 64 bytes of the signature.
     * @param publicKey that of {@code seed}; with another one the signature would give the seed away
     */
    public static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, null, message, 0, message.length, signature, 0);
        return signature;
    }
}
