package io.tombolo.sidecar.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureStateTest {
    private static final InetSocketAddress PROXY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 15_001);

    private static JsonNode shown(boolean hasProgram, String... binds) throws Exception {
        var ports = List.of(binds).stream().map(LocalPortText::parse).toList();
        return new ObjectMapper().readTree(new CaptureState(PROXY, hasProgram, ports).json());
    }

    @Test
    void theProxyIsLiveWhenAProgramHasItsCredentialAndTheNextRungSaysWhatItTakes() throws Exception {
        // When
        JsonNode state = shown(true);
        // Then
        assertThat(state.path("live").asText()).isEqualTo("proxy");
        assertThat(state.at("/rungs/0/live").asBoolean()).isTrue();
        assertThat(state.at("/rungs/0/addresses/0").asText()).isEqualTo("127.0.0.1:15001");
        assertThat(state.at("/rungs/0/why").asText()).isEmpty();
        assertThat(state.at("/rungs/1/live").asBoolean()).isFalse();
        assertThat(state.at("/rungs/1/why").asText()).contains("--bind");
    }

    @Test
    void aDeclaredPortIsShownWithItsServiceAndMakesTheSecondRungLive() throws Exception {
        // When
        JsonNode state = shown(false, "checkout.shop:80=127.0.0.1:18080");
        // Then
        assertThat(state.path("live").asText()).isEqualTo("local-ports");
        assertThat(state.at("/rungs/0/live").asBoolean()).isFalse();
        assertThat(state.at("/rungs/0/why").asText()).contains("no program has this run's credential");
        assertThat(state.at("/rungs/1/addresses/0").asText()).isEqualTo("shop/checkout:80=127.0.0.1:18080");
    }

    @Test
    void whatThisVersionCannotDoIsSaidSo() throws Exception {
        // When
        JsonNode state = shown(false);
        // Then
        assertThat(state.path("live").asText()).isEqualTo("none");
        for (int rung : new int[] {2, 3}) {
            assertThat(state.at("/rungs/" + rung + "/live").asBoolean()).isFalse();
            assertThat(state.at("/rungs/" + rung + "/why").asText()).contains("does not do it yet");
        }
    }
}
