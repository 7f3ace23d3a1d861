package io.tombolo.sidecar.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.model.fault.TomboloException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureStateTest {
    private static final InetSocketAddress PROXY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 15_001);

    private static JsonNode shown(boolean hasProgram, String... binds) throws Exception {
        var ports = List.of(binds).stream().map(LocalPortText::parse).toList();
        return new ObjectMapper().readTree(new CaptureState(PROXY, hasProgram, ports, List.of(), 0).json());
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
        assertThat(state.at("/rungs/2/live").asBoolean()).isFalse();
        assertThat(state.at("/rungs/2/why").asText()).contains("does not do it yet");
        assertThat(state.at("/rungs/3/live").asBoolean()).isFalse();
        assertThat(state.at("/rungs/3/why").asText()).contains("--transparent");
    }

    @Test
    void theTransparentRungIsLiveOnceTheKernelLedAConnectionHere() throws Exception {
        // When
        JsonNode before = transparent(0);
        JsonNode after = transparent(1);
        // Then
        assertThat(before.at("/rungs/3/live").asBoolean()).isFalse();
        assertThat(before.at("/rungs/3/why").asText()).contains("sidecar capture install");
        assertThat(after.at("/rungs/3/live").asBoolean()).isTrue();
        assertThat(after.at("/rungs/3/why").asText()).isEmpty();
        assertThat(after.at("/rungs/3/addresses/1").asText()).isEqualTo("[0:0:0:0:0:0:0:1]:15002");
        assertThat(after.path("live").asText()).isEqualTo("transparent");
    }

    private static JsonNode transparent(long redirected) throws Exception {
        List<InetSocketAddress> listeners = List.of(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 15_002),
                new InetSocketAddress(InetAddress.ofLiteral("::1"), 15_002));
        return new ObjectMapper().readTree(new CaptureState(PROXY, true, List.of(), listeners, redirected).json());
    }

    @Test
    void anAddressOfAServiceIsNotOneOfThisMachine() {
        assertThat(VipText.parse("checkout.shop=10.96.0.10").getValue()).hasToString("shop/checkout");
        assertThat(VipText.parse("checkout.shop=fd96::10").getKey()).isEqualTo(InetAddress.ofLiteral("fd96::10"));
        for (String bad : List.of(
                "",
                "=",
                "checkout=10.96.0.10",
                "checkout.shop=",
                "checkout.shop=127.0.0.1",
                "checkout.shop=::1",
                "checkout.shop=0.0.0.0",
                "checkout.shop=name",
                "10.96.0.10",
                "=10.96.0.10")) {
            assertThatThrownBy(() -> VipText.parse(bad)).as(bad).isInstanceOf(TomboloException.class);
        }
    }
}
