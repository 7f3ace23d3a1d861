package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.Sha256;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#10 request (RFC 2986): a public key and the proof that its sender holds the private one. Subject and attributes are
 * never looked at. Existing means verified; immutable.
 */
public final class CertificateRequest {
    /** Largest request, in bytes. */
    public static final int MAX_BYTES = 16 * 1_024;

    private static final X500Name NOBODY = new X500Name("O=Tombolo");

    private final byte[] der;
    private final PublicKey publicKey;

    private CertificateRequest(byte[] der, PublicKey publicKey) {
        this.der = der;
        this.publicKey = publicKey;
    }

    /** A request for a TLS or CA key. */
    public static CertificateRequest make(P256Key key) {
        return make(key.publicKey(), key.privateKey(), "SHA256withECDSA");
    }

    /** A request for a record-signing key. */
    public static CertificateRequest make(Ed25519Key key) {
        return make(key.publicKey().asPublicKey(), key.asPrivateKey(), "Ed25519");
    }

    /**
     * Reads a stranger's request and verifies its signature.
     * @throws TomboloException {@link Fault#BAD_KEY} if it is malformed, larger than 16 KiB, for a key that is neither on P-256
     *     nor Ed25519, or not signed by that key
     */
    public static CertificateRequest parse(byte[] der) {
        if (der.length == 0 || der.length > MAX_BYTES) {
            throw bad("it has " + der.length + " bytes; 1 to " + MAX_BYTES + " are allowed", null);
        }
        try {
            var request = new JcaPKCS10CertificationRequest(der);
            if (!Arrays.equals(der, request.getEncoded())) {
                throw bad("it is not in DER, or something follows it", null);
            }
            PublicKey key = request.getPublicKey();
            requireKnown(key);
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw bad("it is not signed by its own key", null);
            }
            return new CertificateRequest(der.clone(), key);
        } catch (TomboloException refused) {
            throw refused;
        } catch (IOException
                | java.security.GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException malformed) {
            throw bad("its bytes are not a certificate request for a key on P-256 or Ed25519", malformed);
        }
    }

    /** A copy of the bytes. */
    public byte[] der() {
        return der.clone();
    }

    /** As the proofs of joining and enrolling sign it. */
    public byte[] sha256() {
        return Sha256.of(der);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * The key, if it is on P-256.
     * @throws TomboloException {@link Fault#BAD_KEY}
     */
    public PublicKey p256() {
        Keys.requireP256(publicKey);
        return publicKey;
    }

    /**
     * The key, if it is Ed25519.
     * @throws TomboloException {@link Fault#BAD_KEY}
     */
    public Ed25519PublicKey ed25519() {
        return Ed25519PublicKey.of(publicKey);
    }

    private static void requireKnown(PublicKey key) {
        if (!P256Key.isP256(key)) {
            Ed25519PublicKey.of(key);
        }
    }

    private static CertificateRequest make(PublicKey publicKey, PrivateKey privateKey, String algorithm) {
        try {
            byte[] der = new JcaPKCS10CertificationRequestBuilder(NOBODY, publicKey)
                    .build(new JcaContentSignerBuilder(algorithm).build(privateKey))
                    .getEncoded();
            return new CertificateRequest(der, publicKey);
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException("the JDK signs with " + algorithm, impossible);
        }
    }

    private static TomboloException bad(String what, @Nullable Throwable cause) {
        return new TomboloException(
                Fault.BAD_KEY, "certificate request", what, "make a new PKCS#10 request in DER", cause);
    }
}
