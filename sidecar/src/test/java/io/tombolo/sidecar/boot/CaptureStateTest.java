package io.tombolo.sidecar.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.dataplane.capture.Vip;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ServiceName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureStateTest {
    private static final InetSocketAddress PROXY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 15_001);

    private static JsonNode shown(boolean hasProgram, String... binds) throws Exception {
        var ports = List.of(binds).stream().map(LocalPortText::parse).toList();
        return new ObjectMapper()
                .readTree(new CaptureState(PROXY, hasProgram, ports, Optional.empty(), List.of(), List.of(), 0).json());
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
    void whatIsNotSwitchedOnSaysHow() throws Exception {
        // When
        JsonNode state = shown(false);
        // Then
        assertThat(state.path("live").asText()).isEqualTo("none");
        assertThat(state.at("/rungs/2/live").asBoolean()).isFalse();
        assertThat(state.at("/rungs/2/why").asText()).contains("--dns");
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
        return new ObjectMapper()
                .readTree(new CaptureState(PROXY, true, List.of(), Optional.empty(), List.of(), listeners, redirected)
                        .json());
    }

    private static JsonNode named(Vip... vips) throws Exception {
        var dns = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 15_053);
        return new ObjectMapper()
                .readTree(
                        new CaptureState(PROXY, true, List.of(), Optional.of(dns), List.of(vips), List.of(), 0).json());
    }

    private static Vip vip(Map<Integer, String> missing) {
        var address = (Inet4Address) InetAddress.ofLiteral("127.64.0.9");
        return new Vip(new Callee.Anyone(new ServiceName("shop", "checkout")), address, List.of(80), missing);
    }

    @Test
    void theNamesRungIsLiveOnceAnAddressWasGivenOutAndSaysWhichCouldNotBe() throws Exception {
        // When
        JsonNode nothing = named();
        JsonNode given = named(vip(Map.of()));
        JsonNode not = named(vip(Map.of(8_080, "is taken")));
        // Then
        assertThat(nothing.at("/rungs/2/live").asBoolean()).isFalse();
        assertThat(nothing.at("/rungs/2/why").asText()).contains("resolver", "127.0.0.1:15053");
        assertThat(given.at("/rungs/2/live").asBoolean()).isTrue();
        assertThat(given.at("/rungs/2/why").asText()).isEmpty();
        assertThat(given.at("/rungs/2/addresses/1").asText()).isEqualTo("shop/checkout=127.64.0.9");
        assertThat(given.path("live").asText()).isEqualTo("vip-dns");
        assertThat(not.at("/rungs/2/live").asBoolean()).isFalse();
        assertThat(not.at("/rungs/2/why").asText()).isEqualTo("shop/checkout:8080 is taken");
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
