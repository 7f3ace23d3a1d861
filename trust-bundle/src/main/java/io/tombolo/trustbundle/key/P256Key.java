package io.tombolo.trustbundle.key;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.pem.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/** A private key on NIST P-256, for certificates and TLS. Immutable; its text form shows the pin of the public half only. */
public final class P256Key {
    private final KeyPair pair;

    private P256Key(KeyPair pair) {
        this.pair = pair;
    }

    /** A new key from the system's random source. */
    public static P256Key generate() {
        try {
            var generator = KeyPairGenerator.getInstance("EC", "SunEC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new P256Key(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has P-256", impossible);
        }
    }

    /**
     * Takes a private key and finds its public half.
     * @throws TomboloException {@link Fault#BAD_KEY} if it is not one on P-256
     */
    public static P256Key of(PrivateKey key) {
        if (!(key instanceof ECPrivateKey ec) || !P256Curve.isP256(ec.getParams())) {
            throw new TomboloException(
                    Fault.BAD_KEY,
                    "private key for " + key.getAlgorithm(),
                    "is not on P-256",
                    "make one with: openssl ecparam -genkey -name prime256v1 -noout | openssl pkcs8 -topk8 -nocrypt");
        }
        return new P256Key(new KeyPair(P256Curve.publicHalf(ec), key));
    }

    /**
     * Reads an unencrypted PKCS#8 key in PEM.
     * @throws TomboloException {@link Fault#BAD_KEY} if the text is something else
     */
    public static P256Key fromPem(String pem) {
        return of(Pem.privateKey(pem));
    }

    /** PKCS#8 in PEM, not encrypted: for {@link SecretFile} and nothing else. */
    public String toPem() {
        return Pem.write(pair.getPrivate());
    }

    public KeyPair keyPair() {
        return pair;
    }

    public PrivateKey privateKey() {
        return pair.getPrivate();
    }

    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /** Whether {@code key} is a public key on P-256, the only sort that certificates of Tombolo are issued for. */
    public static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey ec && P256Curve.isP256(ec.getParams());
    }

    /** The public half's pin; never the secret. */
    @Override
    public String toString() {
        return "P256Key " + KeyPin.of(publicKey());
    }
}
