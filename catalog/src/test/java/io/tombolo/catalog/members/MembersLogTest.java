package io.tombolo.catalog.members;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.FOUNDED;
import static io.tombolo.catalog.TestFederation.SOUTH;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembersLogTest {
    private static final Instant LATER = FOUNDED.plusSeconds(7_200);

    private final TestFederation federation = TestFederation.with(EAST, WEST);

    @Test
    void theIdIsTheHashOfTheGenesisAndAnotherGenesisIsRefused() {
        SignedRecord genesis = TestFederation.genesis();
        assertThat(federation.id()).isEqualTo(FederationId.of(genesis.hash().toByteArray()));
        MembersLog other = MembersLog.of(FederationId.of(new byte[32]));
        assertRefused(Fault.WRONG_FEDERATION, other.apply(genesis).verdict());
    }

    @Test
    void whoIsAdmittedIsFoundByClusterKeyAndTrustDomain() {
        MembersLog log = federation.members();
        ByteString keyId = ByteString.copyFrom(
                log.member(WEST).orElseThrow().signingKeys().getFirst().keyId());
        assertThat(log.admitted(WEST, 1, keyId)).isTrue();
        assertThat(log.admitted(WEST, 2, keyId)).isFalse();
        assertThat(log.admitted(EAST, 1, keyId)).isFalse();
        assertThat(log.byTrustDomain(TestFederation.domain(WEST)))
                .contains(log.member(WEST).orElseThrow());
        assertThat(log.version()).isEqualTo(2);
        assertThat(log.authorities()).containsExactly(EAST);
    }

    @Test
    void aRecordThatNoAuthoritySignedIsRefused() {
        var impostor = new MemberChange(
                federation.members(), new RecordSigner(federation.id(), WEST, 1, TestFederation.key(77)));
        assertThatThrownBy(() -> impostor.evict(EAST, true, LATER)).hasMessageContaining("BAD_SIGNATURE");
    }

    @Test
    void theRecoveryKeyMayNameAuthoritiesAndNothingElse() {
        var signer = new RecordSigner(federation.id(), EAST, 1, TestFederation.RECOVERY);
        var recovery = new MemberChange(federation.members(), signer);
        assertThatThrownBy(() -> recovery.evict(WEST, true, LATER)).hasMessageContaining("BAD_SIGNATURE");
        Ed25519Key next = TestFederation.key(5);
        SignedRecord change = recovery.authorities(List.of(new AuthorityKey(WEST, next.publicKey())), LATER);
        federation.apply(change);
        assertThat(federation.members().authorities()).containsExactly(WEST);
        assertThatThrownBy(() -> federation.authority().evict(WEST, true, LATER))
                .hasMessageContaining("BAD_SIGNATURE");
        assertThat(federation.members().apply(change).verdict()).isEqualTo(Verdict.KNOWN);
    }

    @Test
    void reJoiningGetsANewEpochAndTheOldOneStaysDead() {
        SignedRecord old = federation.signer(WEST).sign(pulse(), 1, 1, LATER);
        federation.members().verify(old);
        federation.evict(WEST);
        assertVerifyFails(Fault.NOT_A_MEMBER, old);
        federation.admit(WEST);
        assertThat(federation.members().member(WEST).orElseThrow().epoch()).isEqualTo(2);
        assertVerifyFails(Fault.NOT_A_MEMBER, old);
        federation.members().verify(federation.signer(WEST).sign(pulse(), 1, 1, LATER));
        assertThatThrownBy(() -> federation.admit(WEST)).hasMessageContaining("ALREADY_MEMBER");
    }

    @Test
    void aKeyOfAnEarlierEpochOrAnotherClusterIsRefused() {
        Ed25519Key used = TestFederation.key(WEST.hashCode() * 31 + 1);
        federation.evict(WEST);
        for (var cluster : List.of(WEST, SOUTH)) {
            assertThatThrownBy(() -> federation.authority().admit(TestFederation.admission(cluster, used), LATER))
                    .hasMessageContaining("BOUND_ELSEWHERE");
        }
    }

    @Test
    void aTrustDomainBelongsToOneClusterForEver() {
        federation.evict(WEST);
        var stolen = new Admission(
                SOUTH,
                TestFederation.domain(WEST),
                ByteString.copyFromUtf8("r"),
                List.of(TestFederation.key(50).publicKey()),
                Grants.DEFAULT,
                false);
        assertThatThrownBy(() -> federation.authority().admit(stolen, LATER)).hasMessageContaining("BOUND_ELSEWHERE");
        var moved = new Admission(
                WEST,
                TestFederation.domain(SOUTH),
                ByteString.copyFromUtf8("r"),
                List.of(TestFederation.key(51).publicKey()),
                Grants.DEFAULT,
                false);
        assertThatThrownBy(() -> federation.authority().admit(moved, LATER)).hasMessageContaining("BOUND_ELSEWHERE");
    }

    @Test
    void ofTwoRecordsOfOneVersionTheEvictionWinsInAnyOrderAndTheForkIsRemembered() {
        SignedRecord left = federation.authority().leave(WEST, LATER);
        SignedRecord evicted = federation.authority().evict(WEST, true, LATER);
        for (List<SignedRecord> order : List.of(List.of(left, evicted), List.of(evicted, left))) {
            var first = federation.members().apply(order.getFirst());
            var second = first.state().apply(order.getLast());
            assertRefused(Fault.FORKED_MEMBERS, second.verdict());
            assertThat(second.state().member(WEST).orElseThrow().state()).isEqualTo(MemberState.EVICTED);
            assertThat(second.state().forks()).hasSize(1);
        }
    }

    @Test
    void twoForkedRecordsWithoutEvictionEndTheSameInAnyOrder() {
        SignedRecord one = federation.authority().leave(WEST, LATER);
        SignedRecord two = federation.authority().leave(WEST, LATER.plusSeconds(1));
        ByteString head =
                federation.members().apply(one).state().apply(two).state().head();
        assertThat(federation.members().apply(two).state().apply(one).state().head())
                .isEqualTo(head);
    }

    @Test
    void aRaceBetweenAuthoritiesIsSolvedByTakingTheNextVersion() {
        SignedRecord lost = federation.authority().leave(WEST, LATER);
        federation.evict(WEST);
        SignedRecord again =
                federation.authority().admit(TestFederation.admission(WEST, TestFederation.key(60)), LATER);
        assertThat(((Payload.Member) again.payload()).version()).isEqualTo(3);
        assertThat(((Payload.Member) lost.payload()).version()).isEqualTo(2);
    }

    @Test
    void anOlderVersionChangesNothingAndAGapIsFilledByTheNewest() {
        SignedRecord admitted = federation.members().version(WEST).orElseThrow().record();
        federation.evict(WEST);
        SignedRecord again = federation.admit(WEST);
        assertRefused(Fault.OLD_RECORD, federation.members().apply(admitted).verdict());
        MembersLog fresh = MembersLog.founded(TestFederation.genesis());
        assertThat(fresh.apply(again).verdict()).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void anyFlippedByteOfAMembersRecordIsRefused() {
        MembersLog before = federation.members();
        for (SignedRecord record : List.of(federation.authority().leave(WEST, LATER), TestFederation.genesis())) {
            byte[] value = record.kafkaValue();
            for (int i = 0; i < value.length; i++) {
                byte[] flipped = value.clone();
                flipped[i] ^= (byte) (1 << (i % 8));
                assertThat(takes(before, record, flipped)).as("byte %d", i).isFalse();
            }
        }
    }

    private static boolean takes(MembersLog log, SignedRecord record, byte[] value) {
        try {
            SignedRecord read = RecordReader.read(record.log(), record.kafkaKey(), value);
            return log.apply(read).verdict() instanceof Verdict.Accepted;
        } catch (TomboloException refused) {
            return false;
        }
    }

    @Test
    void theHeadDependsOnTheMembersAndNotOnTheirOrder() {
        federation.admit(SOUTH);
        List<SignedRecord> records =
                new ArrayList<>(federation.members().signedRecords().skip(1).toList());
        var random = new Random(3);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(records, random);
            MembersLog log = MembersLog.founded(TestFederation.genesis());
            for (SignedRecord record : records) {
                log = log.apply(record).state();
            }
            assertThat(log.head()).isEqualTo(federation.members().head());
            assertThat(log.version()).isEqualTo(federation.members().version());
        }
    }

    @Test
    void theRecordsOfOneClusterAreEnoughForItToLearnThatItIsOut() {
        // Given
        MembersLog own = federation.members();
        federation.evict(WEST);
        // When
        var told = federation.members().recordsOf(WEST);
        for (var record : told) {
            own = own.apply(RecordReader.reopen(record)).state();
        }
        // Then
        assertThat(told).hasSize(2);
        assertThat(own.member(WEST).orElseThrow().state()).isEqualTo(MemberState.EVICTED);
    }

    @Test
    void theRecordsOfTheLogBuildTheSameLogAgain() {
        federation.evict(WEST);
        var recovery = new MemberChange(
                federation.members(), new RecordSigner(federation.id(), EAST, 1, TestFederation.RECOVERY));
        Ed25519Key next = TestFederation.key(5);
        federation.apply(recovery.authorities(List.of(new AuthorityKey(EAST, next.publicKey())), LATER));
        MembersLog log =
                MembersLog.restored(federation.id(), federation.members().records());
        assertThat(log.head()).isEqualTo(federation.members().head());
        assertThat(log.federationName()).isPresent();
    }

    @Test
    void theBackboneHostIsNotEvictedWhileItIsThat() {
        var host = new Admission(
                SOUTH,
                TestFederation.domain(SOUTH),
                ByteString.copyFromUtf8("r"),
                List.of(TestFederation.key(70).publicKey()),
                Grants.DEFAULT,
                true);
        federation.apply(federation.authority().admit(host, LATER));
        assertThatThrownBy(() -> federation.authority().evict(SOUTH, false, LATER))
                .hasMessageContaining("BACKBONE_HOST");
        assertThat(federation.authority().evict(SOUTH, true, LATER)).isNotNull();
    }

    private void assertVerifyFails(Fault fault, SignedRecord record) {
        assertThatThrownBy(() -> federation.members().verify(record))
                .isInstanceOfSatisfying(
                        TomboloException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    private static void assertRefused(Fault fault, Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    private static Payload pulse() {
        ByteString hash = ByteString.copyFrom(new byte[32]);
        return new Payload.Pulse(
                1, 0, hash, 1, hash, java.util.Map.of(), ByteString.copyFrom(new byte[16]), 0, ByteString.EMPTY);
    }
}
