package io.tombolo.controller.join;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.controller.backbone.BackboneCredentials;
import io.tombolo.controller.identity.KeyFiles;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.MembershipFile;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Backbone;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a replica that stands by, made on its own disk and sent nowhere, and what the leader vouched for them by. Looks at the
 * files each time: those of the membership come from the leader. Blocks on the disk.
 */
public final class OwnReplica {
    private final StateDirectory state;
    private final String name;
    private final KeyPin caPin;

    /** @param caPin of the CA that all replicas' servers are known by */
    public OwnReplica(StateDirectory state, String name, KeyPin caPin) {
        this.state = state;
        this.name = name;
        this.caPin = caPin;
    }

    /** What the leader is to vouch for; empty while this cluster is no member. Makes the keys if need be. */
    public Optional<ReplicaKeys> keys() {
        return membership().map(own -> {
            MemberKeys keys = keysOf(own);
            return new ReplicaKeys(
                    name,
                    keys.recordSigning().publicKey(),
                    own.authority() ? Optional.of(keys.authority().publicKey()) : Optional.empty(),
                    CertificateRequest.make(clusterKey()),
                    CertificateRequest.make(keys.ca()),
                    CertificateRequest.make(keys.backbone()));
        });
    }

    /**
     * Signs that it has its record-signing key: for a change of this cluster's keys to some that its own is one of, and for nothing
     * else.
     * @throws TomboloException REPLICA_REFUSED
     */
    public byte[] prove(byte[] exporter, long issuedAtMillis, List<Ed25519PublicKey> wanted) {
        Membership own = membership().orElseThrow(() -> refused("this cluster is no member"));
        var key = keysOf(own).recordSigning();
        if (!wanted.contains(key.publicKey())) {
            throw refused("the keys that are asked for are without its own");
        }
        return key.sign(ProofText.changeSigningKeys(
                exporter, own.federationId(), own.cluster(), own.epoch(), issuedAtMillis, wanted));
    }

    /**
     * Keeps what the leader vouches by; a chain of its own that leads to the same root is the better one and stays.
     * @throws TomboloException BAD_CERTIFICATE if a chain is not for its keys, or leads elsewhere; nothing is kept of it
     */
    public void keep(Vouched vouched) {
        Membership own = membership().orElseThrow(() -> refused("this cluster is no member"));
        MemberKeys keys = keysOf(own);
        var cluster = CertificateAuthority.fromParts(own.trustDomain(), vouched.clusterCa(), clusterKey());
        var mesh = CertificateAuthority.fromParts(own.trustDomain(), vouched.meshCa(), keys.ca());
        if (!cluster.pin().equals(caPin)) {
            throw new TomboloException(
                    Fault.BAD_CERTIFICATE, "CA of the replicas", "the leader vouches by another key than its own", "");
        }
        requireOwn(keys, vouched.backbone());
        if (!isClusterCaComplete(own)) {
            ClusterCa.keep(state, cluster.chain());
        }
        if (meshChain(keys).filter(chain -> chain.getLast().equals(mesh.root())).isEmpty()) {
            keys.keepRoot(Pem.write(mesh.chain()));
        }
        new CredentialFile(state).write(own, vouched.backbone());
    }

    private static void requireOwn(MemberKeys keys, Backbone backbone) {
        var leaf = Der.certificate(backbone.getClientChain(0).toByteArray());
        if (!leaf.getPublicKey().equals(keys.backbone().publicKey())) {
            throw new TomboloException(
                    Fault.BAD_CERTIFICATE,
                    "client certificate for Kafka",
                    "is for another key",
                    "start this replica again");
        }
    }

    /** Whether it could lead with what it has, and needs nothing renewed. */
    public boolean isComplete(Instant now) {
        try {
            return membership().filter(own -> isComplete(own, now)).isPresent();
        } catch (TomboloException damaged) {
            return false;
        }
    }

    private boolean isComplete(Membership own, Instant now) {
        MemberKeys keys = keysOf(own);
        Optional<Backbone> credential = new CredentialFile(state).read(own);
        return isClusterCaComplete(own)
                && meshChain(keys).isPresent()
                && credential
                        .map(backbone ->
                                Der.certificate(backbone.getClientChain(0).toByteArray()))
                        .filter(leaf ->
                                leaf.getPublicKey().equals(keys.backbone().publicKey()))
                        .filter(leaf -> !BackboneCredentials.renewalDue(leaf, now))
                        .isPresent()
                && isListed(own, keys.recordSigning().publicKey());
    }

    /** By the members as the leader had them from the authority. */
    private boolean isListed(Membership own, Ed25519PublicKey key) {
        return new FederationFile(state)
                .read()
                .map(answer -> MembersLog.restored(own.federationId(), answer.getMembersList()))
                .flatMap(members -> members.member(own.cluster()))
                .filter(self ->
                        self.epoch() == own.epoch() && self.signingKeys().contains(key))
                .isPresent();
    }

    private boolean isClusterCaComplete(Membership own) {
        return ClusterCa.kept(state)
                .filter(chain ->
                        chain.getFirst().getPublicKey().equals(clusterKey().publicKey())
                                && KeyPin.of(chain.getLast()).equals(caPin)
                                && ClusterCa.fits(chain, own.trustDomain()))
                .isPresent();
    }

    private static Optional<List<X509Certificate>> meshChain(MemberKeys keys) {
        return keys.root()
                .map(Pem::certificates)
                .filter(chain ->
                        chain.getFirst().getPublicKey().equals(keys.ca().publicKey()));
    }

    private P256Key clusterKey() {
        return new KeyFiles(state.directory("ca")).p256("ca");
    }

    private MemberKeys keysOf(Membership own) {
        return MemberKeys.ofReplica(state, own.epoch());
    }

    private Optional<Membership> membership() {
        return new MembershipFile(state).read().filter(Membership::active);
    }

    private TomboloException refused(String what) {
        return new TomboloException(Fault.REPLICA_REFUSED, "replica " + name, what, "it follows again by itself");
    }
}
