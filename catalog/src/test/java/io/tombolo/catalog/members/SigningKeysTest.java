package io.tombolo.catalog.members;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.FOUNDED;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A member's keys become others: by an authority, by versions, and never all at once. */
class SigningKeysTest {
    private static final Instant LATER = FOUNDED.plusSeconds(7_200);
    private static final Ed25519Key SECOND = TestFederation.key(201);
    private static final Ed25519Key THIRD = TestFederation.key(202);

    private final TestFederation federation = TestFederation.with(EAST, WEST);
    private final Ed25519Key first = federation.keyOf(WEST);

    @Test
    void whatAKeySignedIsBelievedWhileThePresentVersionListsIt() {
        // Given
        SignedRecord byFirst = signed(first);
        SignedRecord bySecond = signed(SECOND);
        federation.members().verify(byFirst);
        refused("BAD_SIGNATURE", bySecond);
        // When
        federation.changeKeys(WEST, SECOND, first);
        // Then
        federation.members().verify(byFirst);
        federation.members().verify(bySecond);
        // When
        federation.changeKeys(WEST, SECOND);
        // Then
        refused("BAD_SIGNATURE", byFirst);
        federation.members().verify(bySecond);
        assertThat(federation.members().member(WEST).orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void whatThisDiskHoldsOfARemovedKeyIsStillWhatItWas() {
        // Given
        SignedRecord byFirst = signed(first);
        federation.changeKeys(WEST, SECOND, first);
        // When
        federation.changeKeys(WEST, SECOND);
        // Then
        assertThat(federation.members().formerKeys(WEST)).containsExactly(first.publicKey());
        assertThat(federation.members().verifyKept(byFirst).record()).isEqualTo(byFirst);
        assertThatThrownBy(() -> federation.members().verifyKept(signed(THIRD))).hasMessageContaining("BAD_SIGNATURE");
        federation.evict(WEST);
        assertThatThrownBy(() -> federation.members().verifyKept(byFirst)).hasMessageContaining("NOT_A_MEMBER");
    }

    @Test
    void allKeysAtOnceAreNotReplaced() {
        assertThatThrownBy(() -> federation.changeKeys(WEST, SECOND)).hasMessageContaining("KEYS_REPLACED");
        assertThatThrownBy(() -> federation.changeKeys(WEST, SECOND, THIRD)).hasMessageContaining("KEYS_REPLACED");
    }

    @Test
    void nobodyGetsAKeyOfAnotherClusterOrOfAnEpochThatIsOver() {
        assertThatThrownBy(() -> federation.changeKeys(WEST, first, federation.keyOf(EAST)))
                .hasMessageContaining("BOUND_ELSEWHERE");
        federation.evict(WEST);
        assertThatThrownBy(() -> federation.changeKeys(WEST, first, SECOND)).hasMessageContaining("NOT_FOUND");
        federation.admit(WEST);
        Ed25519Key present = federation.keyOf(WEST);
        assertThatThrownBy(() -> federation.changeKeys(WEST, present, first)).hasMessageContaining("BOUND_ELSEWHERE");
    }

    @Test
    void noneAndMoreThanFourAreNoMembersRecord() {
        assertThatThrownBy(() -> federation.authority().signingKeys(WEST, List.of(), LATER))
                .hasMessageContaining("1 to 4 signing keys");
        assertThatThrownBy(() -> federation.changeKeys(
                        WEST, first, SECOND, THIRD, TestFederation.key(203), TestFederation.key(204)))
                .hasMessageContaining("1 to 4 signing keys");
    }

    @Test
    void anEpochDoesNotEndWithOtherKeys() {
        Payload.Member west = federation.members().member(WEST).orElseThrow();
        var ended = new Payload.Member(
                WEST,
                1,
                MemberState.LEFT,
                west.trustDomain(),
                west.firstRoot(),
                List.of(first.publicKey(), SECOND.publicKey()),
                west.grants(),
                2,
                federation.members().version(WEST).orElseThrow().hash(),
                west.admittedAt(),
                false);
        // When
        var verdict = federation
                .members()
                .apply(new RecordSigner(federation.id(), EAST, 1, TestFederation.AUTHORITY).sign(ended, 0, 2, LATER))
                .verdict();
        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.KEYS_REPLACED));
    }

    @Test
    void whoReadsOnlyTheNewestVersionOfACompactedLogHasItsKeys() {
        // Given
        federation.changeKeys(WEST, SECOND, first);
        SignedRecord newest = federation.changeKeys(WEST, SECOND);
        SignedRecord admitted = TestFederation.with(EAST, WEST)
                .members()
                .version(WEST)
                .orElseThrow()
                .record();
        MembersLog old =
                MembersLog.founded(TestFederation.genesis()).apply(admitted).state();
        // When
        MembersLog read = old.apply(newest).state();
        // Then
        assertThat(read.member(WEST).orElseThrow().signingKeys()).containsExactly(SECOND.publicKey());
        assertThat(read.formerKeys(WEST)).containsExactly(first.publicKey());
    }

    private void refused(String fault, SignedRecord record) {
        assertThatThrownBy(() -> federation.members().verify(record)).hasMessageContaining(fault);
    }

    private SignedRecord signed(Ed25519Key key) {
        var term = new Payload.WriterTerm(1, ByteString.copyFrom(new byte[16]));
        return new RecordSigner(federation.id(), WEST, 1, key)
                .sign(term, 1, 1, LATER, ByteString.copyFrom(new byte[32]));
    }
}
