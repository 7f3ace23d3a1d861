package io.tombolo.controller.boot;

import io.tombolo.controller.enrol.SvidIssuer;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.KeyFiles;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this controller's own gRPC servers show: its SVID once it is a member, before that a plain certificate of its CA. Made
 * anew at half its life and when the membership changes, at the next handshake. Makes one in about 1 ms, rarely.
 */
final class OwnIdentity {
    private final P256Key key;
    private final ClusterCa ca;
    private final CurrentMembership membership;
    private final SvidIssuer issuer;
    private final List<String> hosts;
    private @Nullable CertifiedKey svid;
    private @Nullable CertifiedKey server;
    private String svidOf = "";

    OwnIdentity(
            StateDirectory state, ClusterCa ca, CurrentMembership membership, SvidIssuer issuer, List<String> hosts) {
        this.key = new KeyFiles(state.directory("api")).p256("servers");
        this.ca = ca;
        this.membership = membership;
        this.issuer = issuer;
        this.hosts = hosts;
    }

    /** For :15010. */
    synchronized CertifiedKey svid() {
        Instant now = Instant.now();
        String wanted = membership
                .get()
                .map(own -> own.federationId() + "/" + own.epoch())
                .orElse("");
        if (wanted.isEmpty()) {
            return server();
        }
        CertifiedKey held = svid;
        if (held == null || !wanted.equals(svidOf) || pastHalf(held, now)) {
            held = new CertifiedKey(issuer.controllerChain(key.publicKey(), now), key.privateKey());
            svid = held;
            svidOf = wanted;
        }
        return held;
    }

    /** For :15012: host names, no identity in the mesh. */
    synchronized CertifiedKey server() {
        Instant now = Instant.now();
        CertifiedKey held = server;
        if (held == null || pastHalf(held, now)) {
            List<X509Certificate> chain = ca.serverChain(key.publicKey(), hosts, now, ApiCertificate.LIFE);
            held = new CertifiedKey(chain, key.privateKey());
            server = held;
        }
        return held;
    }

    private static boolean pastHalf(CertifiedKey held, Instant now) {
        X509Certificate leaf = held.chain().getFirst();
        Instant from = leaf.getNotBefore().toInstant();
        Duration life = Duration.between(from, leaf.getNotAfter().toInstant());
        return now.isAfter(from.plus(life.dividedBy(2)));
    }
}
