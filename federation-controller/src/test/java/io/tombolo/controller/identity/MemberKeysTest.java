package io.tombolo.controller.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberKeysTest {
    @TempDir
    Path dir;

    private StateDirectory state;

    @BeforeEach
    void take() {
        state = StateDirectory.take(dir.resolve("west"));
    }

    @AfterEach
    void release() {
        state.close();
    }

    @Test
    void theKeysOfAJoinBecomeThoseOfItsEpoch() {
        // Given
        Ed25519PublicKey joinedWith = MemberKeys.next(state).recordSigning().publicKey();
        // When
        MemberKeys epoch = MemberKeys.of(state, 3);
        // Then
        assertThat(epoch.recordSigning().publicKey()).isEqualTo(joinedWith);
        assertThat(MemberKeys.next(state).recordSigning().publicKey()).isNotEqualTo(joinedWith);
    }

    @Test
    void theSameEpochOfAnotherFederationHasOtherKeysAndTheFormerOnesAreKept() {
        // Given
        MemberKeys.next(state).recordSigning();
        Ed25519PublicKey former = MemberKeys.of(state, 1).recordSigning().publicKey();
        Ed25519PublicKey joinedWith = MemberKeys.next(state).recordSigning().publicKey();
        // When
        state.setAside(MemberKeys.epochs(state));
        // Then
        assertThat(MemberKeys.of(state, 1).recordSigning().publicKey())
                .isEqualTo(joinedWith)
                .isNotEqualTo(former);
        assertThat(Files.exists(state.file("former-1/epoch-1/record-signing.seed")))
                .isTrue();
    }

    @Test
    void whatIsNotThereIsNotSetAside() {
        // When
        state.setAside(List.of("log"));
        // Then
        assertThat(Files.exists(state.file("former-1"))).isFalse();
    }
}
