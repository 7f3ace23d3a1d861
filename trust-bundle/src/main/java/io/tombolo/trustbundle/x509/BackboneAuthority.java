package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * The backbone's own CA, held by authorities: client certificates whose common name is the Kafka principal, and certificates
 * of brokers. It vouches for nobody in the mesh. Immutable; safe on any thread; its text form shows no key.
 */
public final class BackboneAuthority {
    /** Longest life of a client certificate; renewed at half. */
    public static final Duration MAX_CLIENT_LIFE = Duration.ofDays(7);

    private static final int MAX_PRINCIPAL_LENGTH = 249;
    private static final GeneralNames NO_NAMES = new GeneralNames(new GeneralName[0]);

    private final IssuingKey issuer;

    private BackboneAuthority(IssuingKey issuer) {
        this.issuer = issuer;
    }

    /** @param name for people, such as {@code tombolo.demo backbone} */
    public static BackboneAuthority create(String name, P256Key key, Instant now, Duration life) {
        X509Certificate root =
                CertificateWriter.root(key, DistinguishedNames.authority(name, key.publicKey()), NO_NAMES, now, life);
        return new BackboneAuthority(new IssuingKey(List.of(root), key));
    }

    /**
     * A CA from files.
     * @param chain issuing certificate first, self-signed root last
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE} if they do not fit each other
     */
    public static BackboneAuthority fromParts(List<X509Certificate> chain, P256Key key) {
        return new BackboneAuthority(new IssuingKey(chain, key));
    }

    /** What clients and brokers believe. */
    public X509Certificate root() {
        return issuer.root();
    }

    /** Issuing certificate first, root last. */
    public List<X509Certificate> chain() {
        return issuer.chain();
    }

    /** The secret, for storage. */
    public P256Key key() {
        return issuer.key();
    }

    public KeyPin pin() {
        return issuer.pin();
    }

    /**
     * A client certificate.
     * @param key       on P-256
     * @param principal becomes the common name: 1 to 249 of {@code A-Z a-z 0-9 . _ -}, what a topic name may hold too
     * @param life      up to 7 days; longer is cut
     * @return leaf first, without the root
     */
    public List<X509Certificate> issueClient(PublicKey key, String principal, Instant now, Duration life) {
        Duration cut = life.compareTo(MAX_CLIENT_LIFE) > 0 ? MAX_CLIENT_LIFE : life;
        return issue(key, principal, NO_NAMES, List.of(KeyPurposeId.id_kp_clientAuth), now, cut);
    }

    /**
     * A broker's certificate: brokers are servers for clients and clients of each other.
     * @param principal the common name, as for clients
     * @return leaf first, without the root
     */
    public List<X509Certificate> issueServer(
            PublicKey key, String principal, ServerNames names, Instant now, Duration life) {
        List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
        return issue(key, principal, names.toGeneralNames(), purposes, now, life);
    }

    @Override
    public String toString() {
        return "BackboneAuthority " + pin();
    }

    private List<X509Certificate> issue(
            PublicKey key,
            String principal,
            GeneralNames names,
            List<KeyPurposeId> purposes,
            Instant now,
            Duration life) {
        Keys.requireP256(key);
        checkPrincipal(principal);
        var plan = new LeafPlan(key, DistinguishedNames.principal(principal), names, purposes);
        return CertificateAuthority.chainOf(CertificateWriter.leaf(issuer, plan, now, life), issuer.intermediates());
    }

    /** Nothing that another reader of the common name could take for a second attribute. */
    private static void checkPrincipal(String principal) {
        boolean allowed = principal
                .chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '.'
                        || c == '_'
                        || c == '-');
        if (!allowed || principal.isEmpty() || principal.length() > MAX_PRINCIPAL_LENGTH) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    "backbone principal",
                    "is empty, too long, or holds other characters than letters, digits, '.', '_' and '-'",
                    "use 1 to " + MAX_PRINCIPAL_LENGTH + " of them");
        }
    }
}
