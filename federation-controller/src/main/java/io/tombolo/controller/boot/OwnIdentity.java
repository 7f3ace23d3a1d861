package io.tombolo.controller.boot;

import io.tombolo.controller.enrol.SvidIssuer;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.KeyFiles;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.util.List;
import java.util.Optional;

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
    private final OwnChain svid = new OwnChain();
    private final OwnChain control = new OwnChain();
    private final OwnChain server = new OwnChain();

    OwnIdentity(
            StateDirectory state, ClusterCa ca, CurrentMembership membership, SvidIssuer issuer, List<String> hosts) {
        this.key = new KeyFiles(state.directory("api")).p256("servers");
        this.ca = ca;
        this.membership = membership;
        this.issuer = issuer;
        this.hosts = hosts;
    }

    /**
     * For :15010. Own proxies are shown what they have known since they enrolled, whatever epoch that was; who asks for the
     * control name is a member, and is shown what the members know.
     */
    CertifiedKey shown(Optional<String> serverName) {
        Optional<Membership> own = membership.get();
        if (own.isEmpty()) {
            return server();
        }
        String control =
                new InstanceName.Controller(own.get().cluster(), own.get().federation()).toString();
        return serverName.filter(control::equalsIgnoreCase).isPresent() ? control(own.get()) : svid(own.get());
    }

    private CertifiedKey svid(Membership own) {
        return svid.of(
                epochOf(own), now -> new CertifiedKey(issuer.controllerChain(key.publicKey(), now), key.privateKey()));
    }

    private CertifiedKey control(Membership own) {
        return control.of(
                epochOf(own), now -> new CertifiedKey(issuer.controlChain(key.publicKey(), now), key.privateKey()));
    }

    private static String epochOf(Membership own) {
        return own.federationId() + "/" + own.epoch();
    }

    /** For :15012: host names, no identity in the mesh. */
    CertifiedKey server() {
        return server.of(
                "",
                now -> new CertifiedKey(
                        ca.serverChain(key.publicKey(), hosts, now, ApiCertificate.LIFE), key.privateKey()));
    }
}
