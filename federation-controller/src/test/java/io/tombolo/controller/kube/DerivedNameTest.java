package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class DerivedNameTest {
    /** Made by: {@code printf shop/checkout | sha256sum | xxd -r -p | basenc --base32hex | tr A-V a-v | head -c 10}. */
    @Test
    void itIsWhatOtherProgramsOfTheMcsApiMakeOfTheSameName() {
        assertThat(DerivedName.of(new ServiceName("shop", "checkout"))).isEqualTo("derived-3nu2t9bf4f");
        assertThat(DerivedName.of(new ServiceName("stock", "parts"))).isEqualTo("derived-lpesp3556m");
    }

    @Test
    void addressesAreWrittenAsKubernetesWritesThem() {
        for (String text :
                new String[] {"10.96.0.7", "fd00::7", "fd00:0:0:1::7", "::2", "fd00::", "2001:db8:0:1:1:1:1:1"}) {
            assertThat(IpText.of(InetAddress.ofLiteral(text))).isEqualTo(text);
        }
        assertThat(IpText.read("west.example.org")).isEmpty();
    }
}
