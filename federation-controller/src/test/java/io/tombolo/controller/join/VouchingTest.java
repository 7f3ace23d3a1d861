package io.tombolo.controller.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.publish.Signing;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.controller.trust.MeshCa;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Backbone;
import io.tombolo.wire.join.RedeemResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader vouches for the keys of a replica that stands by, each with a disk of its own. */
class VouchingTest {
    private static final FederationName DEMO = new FederationName("demo");
    private static final ClusterId EAST = new ClusterId("east");
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path directory;

    private StateDirectory leading;
    private StateDirectory standing;
    private ClusterCa ca;
    private MeshCa mesh;
    private Membership own;
    private MembersLog members;
    private RecordSigner authority;
    private final List<String> signed = new ArrayList<>();
    private boolean keyIsStillUsed;
    private Vouching vouching;

    @BeforeEach
    void begin() {
        leading = StateDirectory.take(directory.resolve("east-0"));
        standing = StateDirectory.take(directory.resolve("east-1"));
        var settings = new ClusterSettings(EAST, Locality.UNKNOWN, Map.of(), Optional.empty());
        ca = new ClusterCa(leading, settings.trustDomainIn(DEMO), NOW);
        var membership = new CurrentMembership(leading);
        mesh = new MeshCa(leading, membership, InstantSource.system());
        MemberKeys next = MemberKeys.next(leading);
        Founding founding = Founding.make(
                DEMO,
                settings,
                mesh.next(settings.trustDomainIn(DEMO)).root(),
                next,
                Ed25519Key.generate().publicKey(),
                false,
                NOW);
        members = founding.members();
        own = founding.membership();
        membership.set(own);
        MemberKeys keys = MemberKeys.of(leading, own.epoch());
        authority = new RecordSigner(own.federationId(), EAST, own.epoch(), keys.authority());
        vouching = new Vouching(
                leading,
                own,
                new Vouching.Authorities(ca, mesh),
                keys.signing(),
                new SignedAgain(),
                new Listed(),
                Optional::empty,
                VouchingTest::backbone,
                InstantSource.system());
        copyToStandby();
    }

    @AfterEach
    void end() {
        leading.close();
        standing.close();
    }

    /** What the connection between the two would have copied. */
    private void copyToStandby() {
        new CurrentMembership(standing).set(own);
        new FederationFile(standing)
                .write(RedeemResponse.newBuilder()
                        .setFederationName("demo")
                        .setEpoch(own.epoch())
                        .addAllMembers(members.records())
                        .setBackbone(backbone(CertificateRequest.make(P256Key.generate())))
                        .build());
    }

    @Test
    void aReplicaIsCompleteOnceItIsVouchedForAndTheMembersListItsKey() {
        // Given
        OwnReplica replica = replica(ca.pin());
        ReplicaKeys keys = replica.keys().orElseThrow();
        assertThat(replica.isComplete(NOW)).isFalse();
        // When
        replica.keep(vouching.vouch(keys, replica::prove));
        copyMembers();
        // Then
        assertThat(replica.isComplete(NOW)).isTrue();
        assertThat(members.member(EAST).orElseThrow().signingKeys())
                .contains(keys.recordSigning())
                .hasSize(2);
        var itsCa = new ClusterCa(standing, own.trustDomain(), NOW);
        var itsMesh = new MeshCa(standing, new CurrentMembership(standing), InstantSource.system());
        assertThat(itsCa.pin()).isEqualTo(ca.pin());
        assertThat(itsMesh.authority().root()).isEqualTo(mesh.authority().root());
        assertThat(itsMesh.authority().key().publicKey())
                .as("its own key")
                .isNotEqualTo(mesh.authority().key().publicKey());
        assertThat(replica.isComplete(NOW.plus(Duration.ofDays(6))))
                .as("with a credential that ages")
                .isFalse();
    }

    @Test
    void whoDoesNotHaveTheKeyThatItNamesIsNotVouchedFor() {
        OwnReplica replica = replica(ca.pin());
        var other = Ed25519Key.generate();
        ReplicaKeys keys = replica.keys().orElseThrow();
        assertRefused(Fault.PROOF_INVALID, () -> vouching.vouch(keys, (_, _, _) -> other.sign(new byte[] {1})));
        assertThat(members.member(EAST).orElseThrow().signingKeys()).hasSize(1);
    }

    @Test
    void aReplicaProvesItsKeyForNoKeysWithoutItsOwn() {
        OwnReplica replica = replica(ca.pin());
        var others = List.of(Ed25519Key.generate().publicKey());
        assertRefused(Fault.REPLICA_REFUSED, () -> replica.prove(new byte[32], 1, others));
    }

    @Test
    void whatIsVouchedForByAnotherCaOrForOtherKeysIsNotKept() {
        OwnReplica replica = replica(ca.pin());
        Vouched good = vouching.vouch(replica.keys().orElseThrow(), replica::prove);
        OwnReplica ofAnotherPin = replica(KeyPin.of(P256Key.generate().publicKey()));
        assertRefused(Fault.BAD_CERTIFICATE, () -> ofAnotherPin.keep(good));
        var other = CertificateRequest.make(P256Key.generate());
        assertRefused(
                Fault.BAD_CERTIFICATE,
                () -> replica.keep(new Vouched(ca.authority().vouchFor(other, NOW), good.meshCa(), good.backbone())));
        assertRefused(
                Fault.BAD_CERTIFICATE,
                () -> replica.keep(new Vouched(good.clusterCa(), good.meshCa(), backbone(other))));
        copyMembers();
        assertThat(replica.isComplete(NOW)).isFalse();
    }

    /** Its disk is gone, and with it the key that the members list. */
    @Test
    void theKeyOfALostDiskGoesOnceNothingInTheLogNeedsIt() {
        // Given
        OwnReplica replica = replica(ca.pin());
        Ed25519PublicKey lost = replica.keys().orElseThrow().recordSigning();
        vouching.vouch(replica.keys().orElseThrow(), replica::prove);
        standing.close();
        standing = StateDirectory.take(directory.resolve("east-1-again"));
        copyToStandby();
        keyIsStillUsed = true;
        OwnReplica again = replica(ca.pin());
        // When
        vouching.vouch(again.keys().orElseThrow(), again::prove);
        // Then
        assertThat(members.member(EAST).orElseThrow().signingKeys())
                .contains(lost)
                .hasSize(3);
        assertThat(signed).containsExactly("again");
        // When
        keyIsStillUsed = false;
        vouching.vouch(again.keys().orElseThrow(), again::prove);
        // Then
        assertThat(members.member(EAST).orElseThrow().signingKeys())
                .doesNotContain(lost)
                .contains(again.keys().orElseThrow().recordSigning());
    }

    @Test
    void aReplicaBelowTheFirstOnesCaDoesNotBecomeTheCaOfAnotherTrustDomain() {
        OwnReplica replica = replica(ca.pin());
        replica.keep(vouching.vouch(replica.keys().orElseThrow(), replica::prove));
        var itsCa = new ClusterCa(standing, own.trustDomain(), NOW);
        assertRefused(Fault.REPLICA_REFUSED, () -> itsCa.become(new TrustDomain("other.tombolo"), NOW));
        itsCa.become(own.trustDomain(), NOW);
        assertThat(itsCa.pin()).isEqualTo(ca.pin());
    }

    private OwnReplica replica(KeyPin pin) {
        return new OwnReplica(standing, "east-1", pin);
    }

    private void copyMembers() {
        new FederationFile(standing).keep(members.records());
    }

    private static Backbone backbone(CertificateRequest request) {
        var kafka = BackboneAuthority.create("kafka", P256Key.generate(), NOW, Duration.ofDays(365));
        return Backbone.newBuilder()
                .addAllClientChain(
                        Der.bytes(kafka.issueClient(request.p256(), "east", NOW, Duration.ofDays(7))).stream()
                                .map(ByteString::copyFrom)
                                .toList())
                .build();
    }

    private static void assertRefused(Fault fault, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        TomboloException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    /** The members log, signed by east's own authority. */
    private final class Listed implements KeyAdmission {
        @Override
        public List<Ed25519PublicKey> listed() {
            return members.member(EAST).orElseThrow().signingKeys();
        }

        @Override
        public long change(List<Ed25519PublicKey> wanted, KeyProofs proofs) {
            if (keyIsStillUsed && !wanted.containsAll(listed())) {
                throw new TomboloException(Fault.KEY_STILL_USED, "test", "a record needs it", "sign it again");
            }
            members = members.apply(new MemberChange(members, authority).signingKeys(EAST, wanted, NOW))
                    .state();
            return members.member(EAST).orElseThrow().version();
        }

        @Override
        public boolean heardByOthers() {
            return true;
        }
    }

    private final class SignedAgain implements Signing {
        @Override
        public void signWith(RecordSigner next) {
            signed.add("again");
        }

        @Override
        public int unsent() {
            return 0;
        }
    }
}
