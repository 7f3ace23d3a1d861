package io.tombolo.trustbundle.key;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.curve.Ed25519Signing;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * A private Ed25519 key (RFC 8032): signs records, proofs of tokens, and renewals. Immutable; safe on any thread.
 * Its text form shows the id of the public half only.
 */
public final class Ed25519Key {
    /** Length of the seed, in bytes. */
    public static final int SEED_LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] seed;
    private final Ed25519PublicKey publicKey;

    private Ed25519Key(byte[] seed) {
        this.seed = seed;
        this.publicKey = new Ed25519PublicKey(Ed25519Signing.publicKey(seed));
    }

    /** A new key from the system's random source. */
    public static Ed25519Key generate() {
        byte[] seed = new byte[SEED_LENGTH];
        RANDOM.nextBytes(seed);
        return new Ed25519Key(seed);
    }

    /**
     * The key of a seed, as a token or a key file holds it.
     * @throws TomboloException {@link Fault#BAD_KEY} unless {@code seed} has 32 bytes
     */
    public static Ed25519Key fromSeed(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new TomboloException(
                    Fault.BAD_KEY,
                    "Ed25519 private key",
                    "its seed has " + seed.length + " bytes",
                    "a seed has " + SEED_LENGTH + " bytes; the file or token is damaged");
        }
        return new Ed25519Key(seed.clone());
    }

    /** The 64 bytes of the signature over exactly these bytes. Takes about 0.05 ms. */
    public byte[] sign(byte[] message) {
        return Ed25519Signing.sign(seed, publicKey.raw(), message);
    }

    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /** A copy of the secret seed, for {@link SecretFile} or a token and for nothing else. */
    public byte[] seed() {
        return seed.clone();
    }

    /** The key for the JDK. */
    public PrivateKey asPrivateKey() {
        try {
            var specification = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
            return KeyFactory.getInstance("Ed25519").generatePrivate(specification);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has Ed25519", impossible);
        }
    }

    /** The public half's id; never the secret. */
    @Override
    public String toString() {
        return "Ed25519Key " + publicKey;
    }
}
