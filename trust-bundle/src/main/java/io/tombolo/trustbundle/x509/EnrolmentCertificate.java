package io.tombolo.trustbundle.x509;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * The certificate of the enrolment server (:15012), issued by the CA whose key the tokens pin. For servers only, with host
 * names and without a URI name, so it is no identity in the mesh.
 */
public final class EnrolmentCertificate {
    private EnrolmentCertificate() {}

    /**
     * Issues one.
     * @param key  on P-256
     * @param life as for an SVID; cut to what is left of the CA's
     * @return leaf first, <em>with</em> the root: a client that knows only the pin needs it
     */
    public static List<X509Certificate> issue(
            CertificateAuthority authority, PublicKey key, ServerNames names, Instant now, Duration life) {
        Keys.requireP256(key);
        var plan = new LeafPlan(
                key,
                DistinguishedNames.principal("Tombolo enrolment"),
                names.toGeneralNames(),
                List.of(KeyPurposeId.id_kp_serverAuth));
        X509Certificate leaf = CertificateWriter.leaf(authority.issuer(), plan, now, life);
        return CertificateAuthority.chainOf(leaf, authority.chain());
    }
}
