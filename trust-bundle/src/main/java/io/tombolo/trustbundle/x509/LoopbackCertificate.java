package io.tombolo.trustbundle.x509;

import io.tombolo.trustbundle.pem.Der;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * A self-signed certificate for {@code localhost}, by which one process of this machine proves to another, that was handed the
 * certificate, who it is. It is no identity in the mesh. Ours are on Ed25519, which takes the least time to make.
 */
public record LoopbackCertificate(X509Certificate certificate, PrivateKey privateKey) {
    private static final Duration LIFE = Duration.ofDays(30);
    private static final Duration BACK_DATED = Duration.ofMinutes(1);
    private static final int SERIAL_BITS = 127;
    private static final int TEN = 10;
    private static final byte UTC_TIME_LENGTH = 13;
    private static final String ED25519 = "Ed25519";

    /** A new one, with a new key. */
    public static LoopbackCertificate generate(Instant now) {
        return of(ED25519, now);
    }

    /** A new one as programs in Go that start others make theirs: on P-521, and with an identifier of its key. */
    public static LoopbackCertificate generateOnP521(Instant now) {
        return of("SHA512withECDSA", now);
    }

    private static LoopbackCertificate of(String algorithm, Instant now) {
        try {
            KeyPair key = key(algorithm);
            var name = new X500Name("CN=localhost");
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
                    time(now.minus(BACK_DATED)),
                    time(now.plus(LIFE)),
                    name,
                    key.getPublic());
            extend(builder);
            if (!algorithm.equals(ED25519)) {
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
            }
            var signed = builder.build(new JdkSigner(algorithm, key.getPrivate()));
            return new LoopbackCertificate(Der.certificate(signed.getEncoded()), key.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK signs by " + algorithm, impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * UTCTime (RFC 5280 §4.1.2.5.1), as DER. Every other way to one goes over a date, and loads all that Java knows of calendars and
     * languages.
     */
    private static Time time(Instant moment) throws IOException {
        OffsetDateTime utc = moment.atOffset(ZoneOffset.UTC);
        byte[] der = new byte[] {BERTags.UTC_TIME, UTC_TIME_LENGTH, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'Z'};
        int[] parts = {
            utc.getYear(), utc.getMonthValue(), utc.getDayOfMonth(), utc.getHour(), utc.getMinute(), utc.getSecond()
        };
        for (int i = 0; i < parts.length; i++) {
            der[2 * i + 2] = (byte) ('0' + parts[i] / TEN % TEN);
            der[2 * i + 3] = (byte) ('0' + parts[i] % TEN);
        }
        return Time.getInstance(ASN1Primitive.fromByteArray(der));
    }

    private static KeyPair key(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals(ED25519)) {
            return KeyPairGenerator.getInstance(ED25519).generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp521r1"));
        return generator.generateKeyPair();
    }

    private static void extend(JcaX509v3CertificateBuilder builder) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
    }

    @Override
    public String toString() {
        return "LoopbackCertificate " + certificate.getSerialNumber().toString(16);
    }

    /** By the JDK. BouncyCastle's own way to one loads all of its algorithms, for which nobody has time here. */
    private static final class JdkSigner implements ContentSigner {
        private final String algorithm;
        private final PrivateKey key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        JdkSigner(String algorithm, PrivateKey key) {
            this.algorithm = algorithm;
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(
                    algorithm.equals(ED25519)
                            ? EdECObjectIdentifiers.id_Ed25519
                            : X9ObjectIdentifiers.ecdsa_with_SHA512);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initSign(key);
                signature.update(content.toByteArray());
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("the JDK signs by " + algorithm, impossible);
            }
        }
    }
}
