package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.pem.Der;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Puts certificates together and signs them. */
final class CertificateWriter {
    /** How far a certificate's validity begins in the past, for clocks that are behind. */
    private static final Duration BACK_DATED = Duration.ofMinutes(1);

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateWriter() {}

    /** A self-signed root. It may have intermediates: those of replicas. */
    static X509Certificate root(P256Key key, X500Name subject, GeneralNames names, Instant now, Duration life) {
        try {
            var builder = authority(builder(subject, subject, key.publicKey(), now, now.plus(life)), names);
            return sign(builder, key.privateKey());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A CA that {@code issuer} vouches for, as long as it lives itself. */
    static X509Certificate intermediate(
            IssuingKey issuer, PublicKey key, X500Name subject, GeneralNames names, Instant now) {
        try {
            var builder = authority(builder(nameOf(issuer), subject, key, now, issuer.notAfter()), names);
            withIssuer(builder, issuer);
            return sign(builder, issuer.privateKey());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static X509v3CertificateBuilder authority(X509v3CertificateBuilder builder, GeneralNames names)
            throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        if (names.getNames().length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return builder;
    }

    private static X500Name nameOf(IssuingKey issuer) {
        return X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
    }

    private static void withIssuer(X509v3CertificateBuilder builder, IssuingKey issuer) throws IOException {
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions().createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()));
    }

    /**
     * A leaf; its life is cut to that of its issuers.
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE} if an issuer's life is over at {@code now}
     */
    static X509Certificate leaf(IssuingKey issuer, LeafPlan plan, Instant now, Duration life) {
        Instant end = earlier(now.plus(life), issuer.notAfter());
        if (!end.isAfter(now)) {
            throw new TomboloException(
                    Fault.BAD_CERTIFICATE,
                    "certificate authority",
                    "its certificate ended at " + issuer.notAfter(),
                    "rotate it");
        }
        try {
            var builder = builder(nameOf(issuer), plan.subject(), plan.publicKey(), now, end);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(plan.purposes().toArray(KeyPurposeId[]::new)));
            withIssuer(builder, issuer);
            if (plan.names().getNames().length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, plan.names());
            }
            return sign(builder, issuer.privateKey());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant end) throws IOException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer, serial(), Date.from(now.minus(BACK_DATED)), Date.from(end), subject, key);
        builder.addExtension(Extension.subjectKeyIdentifier, false, extensions().createSubjectKeyIdentifier(key));
        return builder;
    }

    /** Positive, never zero. */
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) throws IOException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return Der.certificate(builder.build(signer).getEncoded());
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("the JDK signs on P-256", impossible);
        }
    }

    private static JcaX509ExtensionUtils extensions() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1 for key identifiers", impossible);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
