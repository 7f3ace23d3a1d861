package io.tombolo.controller.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTokensTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path directory;

    @Test
    void ofTwoThatRaceExactlyOneHoldsTheToken() throws Exception {
        // Given
        try (var state = StateDirectory.take(directory);
                ExecutorService racers = Executors.newFixedThreadPool(2)) {
            var tokens = new JoinTokens(state);
            for (int round = 0; round < 20; round++) {
                TokenId id = create(tokens);
                var start = new CyclicBarrier(2);
                // When
                List<Future<Boolean>> results = List.of("a", "b").stream()
                        .map(joiner -> racers.submit(() -> {
                            start.await();
                            return claims(tokens, id, joiner.repeat(64));
                        }))
                        .toList();
                // Then
                assertThat(results.get(0).get()).isNotEqualTo(results.get(1).get());
            }
        }
    }

    @Test
    void aClaimSurvivesARestart() {
        TokenId id;
        try (var state = StateDirectory.take(directory)) {
            var tokens = new JoinTokens(state);
            id = create(tokens);
            tokens.claim(id, "a".repeat(64), WEST, 1, NOW);
        }
        try (var state = StateDirectory.take(directory)) {
            var tokens = new JoinTokens(state);
            assertThat(claims(tokens, id, "a".repeat(64))).isTrue();
            assertThat(claims(tokens, id, "b".repeat(64))).isFalse();
        }
    }

    @Test
    void whatLiesAboutForOneClusterIsRevokedAndStaysSo() {
        TokenId unused;
        TokenId used;
        TokenId others;
        try (var state = StateDirectory.take(directory)) {
            // Given
            var tokens = new JoinTokens(state);
            unused = create(tokens);
            used = create(tokens);
            others = tokens.create(
                            new ClusterId("south"),
                            Ed25519Key.generate().publicKey(),
                            Grant.DEFAULT,
                            Duration.ofMinutes(15),
                            NOW)
                    .id();
            tokens.claim(used, "a".repeat(64), WEST, 1, NOW);
            // When
            tokens.revokeUnused(WEST, NOW);
        }
        // Then
        try (var state = StateDirectory.take(directory)) {
            var tokens = new JoinTokens(state);
            assertThatThrownBy(() -> tokens.claim(unused, "a".repeat(64), WEST, 2, NOW))
                    .hasMessageContaining("it was revoked");
            assertThat(claims(tokens, used, "a".repeat(64))).isTrue();
            assertThat(tokens.find(others).state()).isInstanceOf(JoinTokenState.Open.class);
        }
    }

    @Test
    void anUnknownTokenIsSaidToBeUnknown() {
        try (var state = StateDirectory.take(directory)) {
            var tokens = new JoinTokens(state);
            assertThatThrownBy(() -> tokens.find(TokenId.random())).hasMessageStartingWith("TB-4004");
        }
    }

    @Test
    void twoControllersOnOneDirectoryAreRefused() {
        try (var _ = StateDirectory.take(directory)) {
            assertThatThrownBy(() -> StateDirectory.take(directory)).hasMessageStartingWith("TB-1010 STATE_IN_USE");
        }
    }

    private static TokenId create(JoinTokens tokens) {
        return tokens.create(WEST, Ed25519Key.generate().publicKey(), Grant.DEFAULT, Duration.ofMinutes(15), NOW)
                .id();
    }

    private static boolean claims(JoinTokens tokens, TokenId id, String joiner) {
        try {
            tokens.claim(id, joiner, WEST, 1, NOW);
            return true;
        } catch (TomboloException refused) {
            return false;
        }
    }
}
