package io.tombolo.trustbundle.pem;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates as the wire carries them: DER, one certificate per byte string. */
public final class Der {
    /** Largest certificate, in bytes. */
    public static final int MAX_CERTIFICATE_BYTES = 16 * 1_024;

    /** Longest chain, in certificates. */
    public static final int MAX_CHAIN = 8;

    private static final byte SEQUENCE = 0x30;

    private Der() {}

    /**
     * Reads one certificate; nothing may follow it.
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE}
     */
    public static X509Certificate certificate(byte[] der) {
        if (der.length == 0 || der.length > MAX_CERTIFICATE_BYTES || der[0] != SEQUENCE) {
            throw bad("its " + der.length + " bytes are not a certificate in DER", null);
        }
        try {
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!Arrays.equals(der, certificate.getEncoded())) {
                throw bad("something follows the certificate", null);
            }
            return certificate;
        } catch (CertificateException notACertificate) {
            throw bad("its bytes are not a certificate in DER", notACertificate);
        }
    }

    /**
     * Reads a chain of 1 to {@value #MAX_CHAIN} certificates.
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE}
     */
    public static List<X509Certificate> certificates(List<byte[]> chain) {
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw bad("a chain has 1 to " + MAX_CHAIN + " certificates, not " + chain.size(), null);
        }
        return chain.stream().map(Der::certificate).toList();
    }

    /** The certificate's bytes. */
    public static byte[] bytes(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was read or made has bytes", impossible);
        }
    }

    /** The bytes of every certificate, in order. */
    public static List<byte[]> bytes(List<X509Certificate> chain) {
        return chain.stream().map(Der::bytes).toList();
    }

    private static TomboloException bad(String what, @Nullable Throwable cause) {
        return new TomboloException(
                Fault.BAD_CERTIFICATE, "certificate", what, "check what sent it; it was not used", cause);
    }
}
