package io.tombolo.trustbundle.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.x509.TestMesh;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurrentKeyManagerTest {
    private final TestMesh mesh = new TestMesh();
    private final AtomicReference<Svid> held = new AtomicReference<>(mesh.westApi());
    private final SvidKeyManager manager = new SvidKeyManager(held::get);

    @Test
    void aRenewalBetweenChainAndKeyDoesNotMixThem() {
        // Given a handshake that has chosen
        Svid old = held.get();
        String alias = choose();
        // When
        held.set(mesh.westApi());
        choose();
        // Then
        assertThat(manager.getCertificateChain(alias))
                .containsExactly(old.chain().getFirst());
        assertThat(manager.getPrivateKey(alias)).isEqualTo(old.privateKey());
    }

    @Test
    void oldSvidsAreForgotten() {
        // Given
        String first = choose();
        // When
        IntStream.range(0, 4).forEach(i -> {
            held.set(mesh.westApi());
            choose();
        });
        // Then
        assertThat(manager.getPrivateKey(first)).isNull();
        assertThat(manager.getCertificateChain(first)).isNull();
    }

    @Test
    void bothProvidersNamesOfTheKeyTypeAreUnderstoodAndNoOther() {
        assertThat(manager.chooseEngineServerAlias("EC", null, null)).isNotNull();
        assertThat(manager.chooseEngineServerAlias("EC_EC", null, null)).isNotNull();
        assertThat(manager.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(manager.chooseEngineClientAlias(new String[] {"RSA", "EC"}, null, null))
                .isNotNull();
        assertThat(manager.chooseEngineClientAlias(new String[] {"RSA"}, null, null))
                .isNull();
    }

    @Test
    void unknownAliasesHaveNothing() {
        assertThat(manager.getPrivateKey("k0")).isNull();
        assertThat(manager.getPrivateKey(null)).isNull();
    }

    private String choose() {
        return Objects.requireNonNull(manager.chooseEngineServerAlias("EC", null, null));
    }
}
