package io.tombolo.terraform.boot;

import java.security.Provider;

/**
 * ECDSA and ECDH by BoringSSL, and nothing else of it. Terraform shows a certificate on P-521 at each start and a controller one on
 * P-256; in Java their arithmetic takes longer, before it is compiled, than all else of TLS. Only where the package's own runtime names
 * it ({@code package.xml}); elsewhere the JDK computes. The classes are named by text, for they are not there on every platform.
 */
public final class NativeCurves extends Provider {
    private static final long serialVersionUID = 1L;

    /** For the JDK, which makes it when it first looks for an algorithm. */
    public NativeCurves() {
        super("NativeCurves", "1", "ECDSA and ECDH in native code");
        put("KeyFactory.EC", "org.conscrypt.OpenSSLECKeyFactory");
        put("KeyPairGenerator.EC", "org.conscrypt.OpenSSLECKeyPairGenerator");
        put("KeyAgreement.ECDH", "org.conscrypt.OpenSSLECDHKeyAgreement");
        put("Signature.SHA256withECDSA", "org.conscrypt.OpenSSLSignature$SHA256ECDSA");
        put("Signature.SHA384withECDSA", "org.conscrypt.OpenSSLSignature$SHA384ECDSA");
        put("Signature.SHA512withECDSA", "org.conscrypt.OpenSSLSignature$SHA512ECDSA");
    }
}
