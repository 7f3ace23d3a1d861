package io.tombolo.trustbundle.key;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
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
    private final PrivateKey privateKey;
    private final Ed25519PublicKey publicKey;

    private Ed25519Key(byte[] seed) {
        this.seed = seed;
        KeyPair pair = derive(seed);
        this.privateKey = pair.getPrivate();
        this.publicKey = Ed25519PublicKey.of(pair.getPublic());
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

    /** The 64 bytes of the signature over exactly these bytes. Takes about 0.1 ms: not for event loops. */
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK signs with Ed25519", impossible);
        }
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
        return privateKey;
    }

    /** The public half's id; never the secret. */
    @Override
    public String toString() {
        return "Ed25519Key " + publicKey;
    }

    /** The JDK has no call from seed to public key, but its generator takes the seed from the random source it is given. */
    private static KeyPair derive(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519", "SunEC");
            generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has Ed25519", impossible);
        }
    }

    /** Hands out one seed. RFC 8032's test vectors, in the tests, notice a JDK that would use it in another way. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        FixedRandom(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("asked for " + bytes.length + " bytes instead of a seed");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
