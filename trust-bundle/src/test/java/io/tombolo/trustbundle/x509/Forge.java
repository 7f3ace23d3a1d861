package io.tombolo.trustbundle.x509;

import io.tombolo.trustbundle.key.P256Key;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An attacker with a CA key and no manners: makes any certificate that is asked for. Starts as a good SVID. */
public final class Forge {
    private final P256Key subjectKey = P256Key.generate();
    private final List<GeneralName> names = new ArrayList<>();
    private PublicKey publicKey = subjectKey.publicKey();
    private X500Name subject = new X500Name("O=Tombolo");
    private X500Name issuer;
    private PrivateKey issuerKey;
    private boolean isAuthority;
    private int pathLength = -1;
    private int usage = KeyUsage.digitalSignature;
    private boolean usageIsCritical = true;
    private String permittedUriHost = "";
    private List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    private Instant notBefore;
    private Instant notAfter;

    private Forge(X500Name issuer, Instant now) {
        this.issuer = issuer;
        this.issuerKey = subjectKey.privateKey();
        this.notBefore = now.minus(Duration.ofMinutes(1));
        this.notAfter = now.plus(Duration.ofHours(1));
    }

    public static Forge signedBy(CertificateAuthority authority, Instant now) {
        return signedBy(authority.chain().getFirst(), authority.key(), now);
    }

    public static Forge signedBy(X509Certificate issuer, P256Key issuerKey, Instant now) {
        var forge =
                new Forge(X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()), now);
        forge.issuerKey = issuerKey.privateKey();
        return forge;
    }

    /** A self-signed root without limit on its path length. */
    public static Forge root(String subject, Instant now) {
        return new Forge(new X500Name(subject), now).subject(subject).authority();
    }

    public Forge uri(String uri) {
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        return this;
    }

    public Forge dns(String dns) {
        names.add(new GeneralName(GeneralName.dNSName, dns));
        return this;
    }

    public Forge email(String email) {
        names.add(new GeneralName(GeneralName.rfc822Name, email));
        return this;
    }

    public Forge subject(String subject) {
        this.subject = new X500Name(subject);
        return this;
    }

    public Forge publicKey(PublicKey publicKey) {
        this.publicKey = publicKey;
        return this;
    }

    public Forge authority() {
        this.isAuthority = true;
        this.usage = KeyUsage.keyCertSign;
        this.purposes = List.of();
        return this;
    }

    /** For CAs: how many of them may stand below it. */
    public Forge pathLength(int most) {
        this.pathLength = most;
        return this;
    }

    public Forge usage(int usage) {
        this.usage = usage;
        return this;
    }

    /** For CAs: only below this URI host. */
    public Forge onlyUriHost(String host) {
        this.permittedUriHost = host;
        return this;
    }

    public Forge usageNotCritical() {
        this.usageIsCritical = false;
        return this;
    }

    public Forge basicAuthority() {
        this.isAuthority = true;
        return this;
    }

    public Forge purposes(KeyPurposeId... purposes) {
        this.purposes = List.of(purposes);
        return this;
    }

    public Forge forClientsOnly() {
        return purposes(KeyPurposeId.id_kp_clientAuth);
    }

    public Forge withoutPurposes() {
        return purposes();
    }

    public Forge valid(Instant from, Instant until) {
        this.notBefore = from;
        this.notAfter = until;
        return this;
    }

    /** The key whose certificate this is, unless another public key was set. */
    public P256Key key() {
        return subjectKey;
    }

    public X509Certificate make() {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer, BigInteger.valueOf(4_711), Date.from(notBefore), Date.from(notAfter), subject, publicKey);
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    pathLength < 0 ? new BasicConstraints(isAuthority) : new BasicConstraints(pathLength));
            if (usage != 0) {
                builder.addExtension(Extension.keyUsage, usageIsCritical, new KeyUsage(usage));
            }
            if (!permittedUriHost.isEmpty()) {
                var host = new GeneralName(GeneralName.uniformResourceIdentifier, permittedUriHost);
                builder.addExtension(
                        Extension.nameConstraints,
                        true,
                        new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(host)}, null));
            }
            if (!purposes.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
            }
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
