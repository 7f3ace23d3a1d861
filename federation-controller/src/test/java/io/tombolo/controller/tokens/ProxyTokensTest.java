package io.tombolo.controller.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Ed25519PublicKey NODE = Ed25519Key.generate().publicKey();
    private static final Ed25519PublicKey THIEF = Ed25519Key.generate().publicKey();

    @TempDir
    Path directory;

    @Test
    void theFirstNodeKeyOwnsTheTokenAndMayUseItAgain() {
        try (var state = StateDirectory.take(directory)) {
            var tokens = new ProxyTokens(state);
            TokenId id = create(tokens);
            assertThat(tokens.use(id, NODE, NOW).node()).contains(NODE);
            assertThat(tokens.use(id, NODE, NOW.plus(Duration.ofHours(2))).node())
                    .contains(NODE);
        }
    }

    @Test
    void aSecondNodeKeyBlocksTheTokenForBothForEver() {
        try (var state = StateDirectory.take(directory)) {
            var tokens = new ProxyTokens(state);
            TokenId id = create(tokens);
            tokens.use(id, NODE, NOW);
            assertThatThrownBy(() -> tokens.use(id, THIEF, NOW)).hasMessageContaining("blocked for both");
            assertThatThrownBy(() -> new ProxyTokens(state).use(id, NODE, NOW)).hasMessageContaining("is blocked");
        }
    }

    @Test
    void anUnusedTokenExpires() {
        try (var state = StateDirectory.take(directory)) {
            var tokens = new ProxyTokens(state);
            TokenId id = create(tokens);
            assertThatThrownBy(() -> tokens.use(id, NODE, NOW.plus(Duration.ofMinutes(16))))
                    .hasMessageContaining("expired");
        }
    }

    @Test
    void noWorkloadGetsTheNamespaceOfGateways() {
        assertThatThrownBy(() -> new ProxyRole.Workload("tombolo-system", "gateway"))
                .hasMessageStartingWith("TB-5006 RESERVED_IDENTITY");
    }

    private static TokenId create(ProxyTokens tokens) {
        return tokens.create(
                        Ed25519Key.generate().publicKey(),
                        new ProxyRole.Workload("shop", "checkout"),
                        Duration.ofMinutes(15),
                        NOW)
                .id();
    }
}
