package io.tombolo.trustbundle.x509;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.SubjectNames;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * The CA of one cluster: issues SVIDs of its trust domain and of no other one. Immutable; safe on any thread; its text form
 * shows no key.
 */
public final class CertificateAuthority {
    private static final List<KeyPurposeId> BOTH_SIDES =
            List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);

    private final TrustDomain trustDomain;
    private final IssuingKey issuer;

    private CertificateAuthority(TrustDomain trustDomain, IssuingKey issuer) {
        this.trustDomain = trustDomain;
        this.issuer = issuer;
    }

    /** A new self-signed root: CA, URI name {@code spiffe://<trust domain>}. */
    public static CertificateAuthority create(TrustDomain trustDomain, P256Key key, Instant now, Duration life) {
        X509Certificate root = CertificateWriter.root(
                key, DistinguishedNames.authority(trustDomain.name(), key.publicKey()), uri(trustDomain), now, life);
        return new CertificateAuthority(trustDomain, new IssuingKey(List.of(root), key));
    }

    /**
     * A CA from files.
     * @param chain issuing certificate first, self-signed root last
     * @param key   of the issuing certificate
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE} if they do not fit each other or name another trust domain
     */
    public static CertificateAuthority fromParts(TrustDomain trustDomain, List<X509Certificate> chain, P256Key key) {
        var issuer = new IssuingKey(chain, key);
        for (X509Certificate certificate : issuer.chain()) {
            List<String> uris = SubjectNames.of(certificate).uris();
            if (!uris.isEmpty() && !uris.equals(List.of(trustDomain.uri()))) {
                throw refused(trustDomain, "a certificate of its chain names another trust domain");
            }
        }
        return new CertificateAuthority(trustDomain, issuer);
    }

    public TrustDomain trustDomain() {
        return trustDomain;
    }

    /** What goes into the trust bundle. */
    public X509Certificate root() {
        return issuer.root();
    }

    /** Issuing certificate first, root last; with {@link #key()} it is what {@link #fromParts} takes. */
    public List<X509Certificate> chain() {
        return issuer.chain();
    }

    /** The secret, for storage. */
    public P256Key key() {
        return issuer.key();
    }

    /** The pin of the root's key, for tokens: the same for all that issue below it. */
    public KeyPin pin() {
        return issuer.pin();
    }

    /** When the first certificate of the chain ends; nothing issued lives longer. */
    public Instant notAfter() {
        return issuer.notAfter();
    }

    /**
     * Issues an SVID.
     * @return leaf first, without the root
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE} if the id belongs to another trust domain, or this CA's time is
     *     over
     */
    public List<X509Certificate> issue(SvidRequest request) {
        if (!request.id().trustDomain().equals(trustDomain)) {
            throw refused(trustDomain, "it cannot vouch for " + request.id());
        }
        var plan = new LeafPlan(request.publicKey(), DistinguishedNames.workload(), names(request), BOTH_SIDES);
        return chainOf(CertificateWriter.leaf(issuer, plan, request.now(), request.life()), issuer.intermediates());
    }

    /**
     * Vouches for another CA of the same trust domain, such as that of a replica, for as long as this one lives. What it issues
     * verifies wherever what this one issues does.
     * @return its chain, as {@link #fromParts} takes it with the key that asked
     * @throws TomboloException {@link Fault#BAD_KEY} if the key is not on P-256
     */
    public List<X509Certificate> vouchFor(CertificateRequest request, Instant now) {
        PublicKey key = request.p256();
        X509Certificate intermediate = CertificateWriter.intermediate(
                issuer, key, DistinguishedNames.authority(trustDomain.name(), key), uri(trustDomain), now);
        return chainOf(intermediate, chain());
    }

    private static GeneralNames uri(TrustDomain trustDomain) {
        return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, trustDomain.uri()));
    }

    IssuingKey issuer() {
        return issuer;
    }

    /** {@code svidChain} with this CA's root at its end, as a server needs it whose clients know only {@link #pin()}. */
    public List<X509Certificate> withRoot(List<X509Certificate> svidChain) {
        return Stream.concat(svidChain.stream(), Stream.of(root())).distinct().toList();
    }

    @Override
    public String toString() {
        return "CertificateAuthority of " + trustDomain + " " + pin();
    }

    private static GeneralNames names(SvidRequest request) {
        var names = new ArrayList<GeneralName>();
        names.add(new GeneralName(
                GeneralName.uniformResourceIdentifier, request.id().toString()));
        request.dnsName().ifPresent(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    static List<X509Certificate> chainOf(X509Certificate leaf, List<X509Certificate> issuers) {
        return Stream.concat(Stream.of(leaf), issuers.stream()).toList();
    }

    private static TomboloException refused(TrustDomain trustDomain, String what) {
        return new TomboloException(
                Fault.BAD_CERTIFICATE, "CA of " + trustDomain, what, "use the CA of that trust domain");
    }
}
