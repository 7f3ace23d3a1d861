package io.tombolo.controller.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.publish.Signing;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of a change of keys, with a log that does as it is told. */
class KeyRotationTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final FederationName DEMO = new FederationName("demo");
    private static final Membership OWN = new Membership(
            WEST, DEMO, FederationId.of(new byte[32]), 1, TrustDomain.of(WEST, DEMO), false, Membership.Ended.NO);

    @TempDir
    Path dir;

    private StateDirectory state;
    private Ed25519PublicKey first;
    private FakeLog log;

    @BeforeEach
    void join() {
        state = StateDirectory.take(dir.resolve("west"));
        MemberKeys.next(state).recordSigning();
        first = keys().present().publicKey();
        log = new FakeLog(first);
    }

    @AfterEach
    void release() {
        state.close();
    }

    @Test
    void theNewKeySignsOnlyWhenItIsListedAndTheOldOneGoesWhenNothingIsUnsent() {
        // When
        rotation().run(KeyRotationTest::all);
        // Then
        Ed25519PublicKey now = keys().present().publicKey();
        assertThat(now).isNotEqualTo(first);
        assertThat(log.told).containsExactly("list 2", "sign", "sign", "list 1");
        assertThat(log.listed).containsExactly(now);
        assertThat(log.signs).isEqualTo(now);
        assertThat(keys().changing()).isFalse();
    }

    /** Killed before or after any step, or with its work done and not noted. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whatEndedAfterAnyStepIsGoneOnWithByTheNextStart(int steps) {
        for (boolean inTheMiddle : List.of(false, true)) {
            // Given
            Ed25519PublicKey before = keys().present().publicKey();
            var killed = new Killed(steps, inTheMiddle);
            assertThatThrownBy(() -> rotation().run(killed)).isSameAs(killed.death);
            log.signs = keys().present().publicKey();
            assertThat(log.listed).as("what the next start signs with").contains(log.signs);
            // When
            rotation().run(KeyRotationTest::all);
            // Then
            Ed25519PublicKey now = keys().present().publicKey();
            assertThat(now).isNotEqualTo(before);
            assertThat(log.listed).containsExactly(now);
            assertThat(log.signs).isEqualTo(now);
            assertThat(keys().changing()).isFalse();
        }
    }

    @Test
    void whileKafkaTakesNothingTheOldKeyStays() {
        // Given
        log.unsent = 3;
        // When
        assertThatThrownBy(() -> rotation().run(KeyRotationTest::all)).hasMessageContaining("TB-8005");
        // Then
        assertThat(log.listed).hasSize(2);
        assertThat(keys().former().orElseThrow().publicKey()).isEqualTo(first);
        // When
        log.unsent = 0;
        rotation().run(KeyRotationTest::all);
        // Then
        assertThat(log.listed).hasSize(1);
    }

    @Test
    void anAuthorityThatHasNotReadAllYetIsAskedAgain() {
        // Given
        log.notYet = 3;
        // When
        rotation().run(KeyRotationTest::all);
        // Then
        assertThat(log.notYet).isZero();
        assertThat(log.listed).hasSize(1);
    }

    @Test
    void whatDoesNotComeFurtherIsSaidUntilItDoes() {
        // Given
        log.unsent = 1;
        KeyRotation rotation = rotation();
        assertThatThrownBy(() -> rotation.run(KeyRotationTest::all)).isInstanceOf(TomboloException.class);
        // When
        rotation.look();
        // Then
        assertThat(rotation.notice()).hasValueSatisfying(why -> assertThat(why).contains("Kafka has not taken all"));
        // When
        log.unsent = 0;
        rotation.look();
        // Then
        assertThat(rotation.notice()).isEmpty();
        assertThat(log.listed).hasSize(1);
    }

    @Test
    void otherKeysOfTheMemberAreLeftAsTheyAre() {
        // Given
        Ed25519PublicKey others =
                io.tombolo.trustbundle.key.Ed25519Key.generate().publicKey();
        log.listed = List.of(first, others);
        // When
        rotation().run(KeyRotationTest::all);
        // Then
        assertThat(log.listed)
                .containsExactlyInAnyOrder(others, keys().present().publicKey());
    }

    private SigningKeys keys() {
        return MemberKeys.of(state, 1).signing();
    }

    private KeyRotation rotation() {
        return new KeyRotation(OWN, keys(), log, log, Duration.ofMillis(500));
    }

    private static void all(String name, Callable<Job.Outcome> work) {
        try {
            work.call();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Lets so many steps be done; the next one not at all, or without anybody hearing of it. */
    private static final class Killed implements KeyRotation.Steps {
        private final RuntimeException death = new IllegalStateException("killed");
        private final boolean inTheMiddle;
        private int left;

        Killed(int left, boolean inTheMiddle) {
            this.left = left;
            this.inTheMiddle = inTheMiddle;
        }

        @Override
        public void step(String name, Callable<Job.Outcome> work) {
            if (left-- > 0) {
                all(name, work);
            } else {
                if (inTheMiddle) {
                    all(name, work);
                }
                throw death;
            }
        }
    }

    /** Members and writer in one. */
    private static final class FakeLog implements Signing, KeyAdmission {
        private final List<String> told = new ArrayList<>();
        private List<Ed25519PublicKey> listed;
        private Ed25519PublicKey signs;
        private int unsent;
        private int notYet;

        FakeLog(Ed25519PublicKey first) {
            listed = List.of(first);
            signs = first;
        }

        @Override
        public void signWith(RecordSigner next) {
            told.add("sign");
            assertThat(listed).contains(next.publicKey());
            signs = next.publicKey();
        }

        @Override
        public int unsent() {
            return unsent;
        }

        @Override
        public List<Ed25519PublicKey> listed() {
            return listed;
        }

        @Override
        public long change(List<Ed25519PublicKey> wanted, KeyProofs proofs) {
            if (wanted.size() < listed.size() && notYet-- > 0) {
                throw new TomboloException(Fault.KEY_STILL_USED, "test", "not yet", "ask again");
            }
            notYet = Math.max(0, notYet);
            byte[] text = {1, 2, 3};
            assertThat(listed)
                    .as("proven by a key that is listed")
                    .anyMatch(key -> key.verify(text, proofs.asMember(text)));
            assertThat(wanted).contains(signs);
            told.add("list " + wanted.size());
            listed = List.copyOf(wanted);
            return told.size();
        }

        @Override
        public boolean heardByOthers() {
            return true;
        }
    }
}
