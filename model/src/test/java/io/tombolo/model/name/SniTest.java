package io.tombolo.model.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SniTest {
    private static final InstanceId INSTANCE = InstanceId.of(0x0123_4567_89ab_cdefL);

    @Test
    void everyFormPrintsAndReadsBack() {
        var any = Sni.Service.any(
                new ServicePort(new ServiceName("shop", "checkout"), 80),
                new ClusterId("west"),
                new FederationName("demo"));
        assertThat(any).hasToString("80.checkout.shop.west.demo.tombolo");
        for (Sni sni : List.of(
                any,
                any.preferring(INSTANCE),
                any.exactly(INSTANCE),
                new Sni.Probe(INSTANCE, any.cluster(), any.federation()),
                new Sni.Control(any.cluster(), any.federation()))) {
            assertThat(Sni.parse(sni.toString())).contains(sni);
        }
    }

    @Test
    void whatIsNotExactlyOneOfOursIsNoName() {
        for (String text : List.of(
                "",
                "tombolo",
                "80.checkout.shop.west.demo.example",
                "080.checkout.shop.west.demo.tombolo",
                "0.checkout.shop.west.demo.tombolo",
                "65536.checkout.shop.west.demo.tombolo",
                "+80.checkout.shop.west.demo.tombolo",
                "80.Checkout.shop.west.demo.tombolo",
                "80.checkout.shop.west.demo.tombolo.",
                "80..shop.west.demo.tombolo",
                "y-" + INSTANCE + ".80.checkout.shop.west.demo.tombolo",
                "i-short.80.checkout.shop.west.demo.tombolo",
                "a.b." + "80.checkout.shop.west.demo.tombolo",
                "probe.west.demo.tombolo",
                "controls.west.demo.tombolo")) {
            assertThat(Sni.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void aServiceWhoseLongestNameWouldNotFitIsRefusedWithTheWayOut() {
        String label = "a".repeat(63);
        var port = new ServicePort(new ServiceName(label, label), 65_535);
        var any = new ClusterId(label);
        var federation = new FederationName("f".repeat(47));
        assertThatThrownBy(() -> Sni.Service.any(port, any, federation))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("TB-1002")
                .hasMessageContaining("Shorten");
    }

    @Test
    void randomBytesNeverThrow() {
        var random = new Random(7);
        String alphabet = "ab01.-ix tombolo\u00e9\n";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String name = text + (random.nextBoolean() ? ".west.demo.tombolo" : "");
            Sni.parse(name).ifPresent(sni -> assertThat(sni).hasToString(name));
        }
    }

    @Test
    void instanceIdsSpellTheirBits() {
        assertThat(InstanceId.of(0).value()).isEqualTo("aaaaaaaaaaaaa");
        assertThat(InstanceId.of(-1).value()).isEqualTo("777777777777" + "6");
    }
}
