package io.tombolo.controller.api;

import io.tombolo.trustbundle.key.P256Key;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An organisation's CA for people. */
final class TestCa {
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final P256Key key = P256Key.generate();
    private final String name;

    TestCa(String name) {
        this.name = name;
    }

    X509Certificate root() {
        return certificate("CN=" + name, key, true, KeyPurposeId.id_kp_clientAuth);
    }

    X509Certificate client(String subject) {
        return certificate(subject, P256Key.generate(), false, KeyPurposeId.id_kp_clientAuth);
    }

    X509Certificate server(String subject) {
        return certificate(subject, P256Key.generate(), false, KeyPurposeId.id_kp_serverAuth);
    }

    X509Certificate intermediate(String subject) {
        return certificate(subject, P256Key.generate(), true, KeyPurposeId.id_kp_clientAuth);
    }

    private X509Certificate certificate(String subject, P256Key of, boolean isCa, KeyPurposeId use) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=" + name),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(NOW.minus(Duration.ofHours(1))),
                    Date.from(NOW.plus(Duration.ofHours(1))),
                    new X500Principal(subject),
                    of.publicKey());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.privateKey());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
