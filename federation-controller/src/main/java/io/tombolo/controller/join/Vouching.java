package io.tombolo.controller.join;

import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.publish.Signing;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.controller.trust.MeshCa;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Backbone;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leading replica makes others know the keys of one that stands by, so that these count from the moment at which it takes over: its
 * CAs are intermediates below the roots that everybody has, its record-signing key stands in the members log, and on an authority its
 * authority key too. Blocks for the authority and for Kafka; what is done already is not done again.
 */
public final class Vouching {
    private static final Logger LOG = LoggerFactory.getLogger(Vouching.class);
    private static final int NONCE_BYTES = 32;

    /** Asks the replica for a signature by its record-signing key. */
    @FunctionalInterface
    public interface Possession {
        /** @param exporter channel binding of whatever connection the signature is for */
        byte[] sign(byte[] exporter, long issuedAtMillis, List<Ed25519PublicKey> keys);
    }

    /** Where the CAs of this replica are. */
    public record Authorities(ClusterCa cluster, MeshCa mesh) {}

    private final Membership own;
    private final Authorities cas;
    private final SigningKeys keys;
    private final Signing signing;
    private final KeyAdmission admission;
    private final Supplier<Optional<Authority>> authority;
    private final Function<CertificateRequest, Backbone> credentials;
    private final KnownReplicas known;
    private final InstantSource clock;

    /**
     * While this cluster is a member.
     * @param authority   this cluster itself, if it is one
     * @param credentials gets a client certificate for Kafka
     */
    public Vouching(
            StateDirectory state,
            Membership own,
            Authorities cas,
            SigningKeys keys,
            Signing signing,
            KeyAdmission admission,
            Supplier<Optional<Authority>> authority,
            Function<CertificateRequest, Backbone> credentials,
            InstantSource clock) {
        this.own = own;
        this.cas = cas;
        this.keys = keys;
        this.signing = signing;
        this.admission = admission;
        this.authority = authority;
        this.credentials = credentials;
        this.known = new KnownReplicas(state);
        this.clock = clock;
    }

    /**
     * Vouches for a replica's keys.
     * @throws TomboloException PROOF_INVALID if it does not have the key; BAD_KEY; what the authority or Kafka refuses with
     */
    public synchronized Vouched vouch(ReplicaKeys replica, Possession possession) {
        Instant now = clock.instant();
        requirePossession(replica, possession, now);
        known.has(own.epoch(), replica);
        admit(replica, possession);
        replica.authority().ifPresent(key -> authority.get().ifPresent(self -> self.alsoSignedBy(key)));
        return new Vouched(
                cas.cluster().authority().vouchFor(replica.clusterCa(), now),
                cas.mesh().authority().vouchFor(replica.meshCa(), now),
                credentials.apply(replica.backbone()));
    }

    /** Also where no authority asks for it: a key that its owner cannot use would be one that is missing at the takeover. */
    private void requirePossession(ReplicaKeys replica, Possession possession, Instant now) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        List<Ed25519PublicKey> wanted = List.of(replica.recordSigning());
        byte[] text = ProofText.changeSigningKeys(
                nonce, own.federationId(), own.cluster(), own.epoch(), now.toEpochMilli(), wanted);
        if (!replica.recordSigning().verify(text, possession.sign(nonce, now.toEpochMilli(), wanted))) {
            throw new TomboloException(
                    Fault.PROOF_INVALID,
                    "replica " + replica.replica(),
                    "does not have the record-signing key that it names",
                    "start it again");
        }
    }

    private void admit(ReplicaKeys replica, Possession possession) {
        List<Ed25519PublicKey> lost = known.of(own.epoch()).lost().stream()
                .map(KnownReplicas::key)
                .filter(key -> !key.equals(keys.present().publicKey()))
                .toList();
        List<Ed25519PublicKey> listed = admission.listed();
        if (!listed.contains(replica.recordSigning())) {
            var wanted = new ArrayList<>(listed);
            wanted.add(replica.recordSigning());
            if (wanted.size() > WantedKeys.MOST) {
                wanted.removeAll(lost);
            }
            long version = admission.change(wanted, new OfReplica(replica, possession));
            LOG.atInfo()
                    .addKeyValue("replica", replica.replica())
                    .addKeyValue("key", SigningKeys.id(replica.recordSigning()))
                    .addKeyValue("version", version)
                    .log("a further key may sign this cluster's records");
        }
        if (!lost.isEmpty()) {
            remove(lost, new OfReplica(replica, possession));
        }
    }

    /** Keys of disks that are gone. What they signed is signed once more, and the next time that a replica asks they can go. */
    private void remove(List<Ed25519PublicKey> lost, KeyProofs proofs) {
        List<Ed25519PublicKey> wanted =
                admission.listed().stream().filter(key -> !lost.contains(key)).toList();
        try {
            if (wanted.size() < admission.listed().size()) {
                long version = admission.change(wanted, proofs);
                LOG.atInfo().addKeyValue("version", version).log("the key of a replica's lost disk signs no more");
            }
            known.forgetLost(own.epoch());
        } catch (TomboloException notYet) {
            if (notYet.fault() == Fault.KEY_STILL_USED) {
                signing.signWith(new RecordSigner(own.federationId(), own.cluster(), own.epoch(), keys.present()));
            }
            LOG.atInfo()
                    .addKeyValue("fault", notYet.getMessage())
                    .log("the key of a replica's lost disk stays for now");
        }
    }

    /** Proofs by this replica as the member, and by the other one for its own key. */
    private final class OfReplica implements KeyProofs {
        private final ReplicaKeys replica;
        private final Possession possession;

        OfReplica(ReplicaKeys replica, Possession possession) {
            this.replica = replica;
            this.possession = possession;
        }

        @Override
        public byte[] asMember(byte[] text) {
            return keys.present().sign(text);
        }

        @Override
        public byte[] possession(Ed25519PublicKey key, Asked asked, byte[] text) {
            return key.equals(replica.recordSigning())
                    ? possession.sign(asked.exporter(), asked.issuedAtMillis(), asked.keys())
                    : new byte[0];
        }
    }
}
