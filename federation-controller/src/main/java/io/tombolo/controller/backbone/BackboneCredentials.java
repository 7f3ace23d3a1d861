package io.tombolo.controller.backbone;

import io.tombolo.trustbundle.svid.RenewalTime;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import io.tombolo.trustbundle.x509.CertificateRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The members' client certificates for Kafka: who gets which, and when they are renewed. Pure, but for the signature. */
public final class BackboneCredentials {
    /** Life of a certificate; what is stolen is worth nothing a week later, what sleeps for three days goes on. */
    public static final Duration LIFE = BackboneAuthority.MAX_CLIENT_LIFE;

    private final BackboneAuthority authority;

    public BackboneCredentials(BackboneAuthority authority) {
        this.authority = authority;
    }

    /**
     * A certificate for the key of {@code request}, in the name that the caller has proven to be its due; what name the
     * request asks for is not looked at.
     * @return leaf first, without the root
     * @throws io.tombolo.model.fault.TomboloException BAD_KEY if the request's key is not on P-256
     */
    public List<X509Certificate> issue(BackbonePrincipal principal, CertificateRequest request, Instant now) {
        return authority.issueClient(request.p256(), principal.name(), now, LIFE);
    }

    /** What members' clients must believe when the brokers' certificates come from the same CA. */
    public X509Certificate root() {
        return authority.root();
    }

    /** Half of the certificate's life, a little earlier or later for each. */
    public static Instant renewAt(X509Certificate leaf) {
        return RenewalTime.of(
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                leaf.getSerialNumber().longValue());
    }

    /** Whether to ask for a new one now. Until it comes, the old one is used to its last moment. */
    public static boolean renewalDue(X509Certificate leaf, Instant now) {
        return !now.isBefore(renewAt(leaf));
    }
}
