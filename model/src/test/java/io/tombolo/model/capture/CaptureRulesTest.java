package io.tombolo.model.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.fault.TomboloException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text that nft gets. */
class CaptureRulesTest {
    private static final Spared GROUP = new Spared.Group(4242);

    @Test
    void theTableIsReplacedInOneTransactionAndSaysWhoAndWhatIsLeftAlone() {
        // Given
        var rules = new CaptureRules(
                List.of(GROUP, new Spared.ControlGroup("system.slice/tombolo-sidecar.service")),
                15_002,
                List.of(AddressRange.parse("10.9.0.0/16"), AddressRange.parse("fd00::/8")),
                List.of(PortRange.parse("22"), PortRange.parse("9000-9010")));
        // When
        String text = rules.nft();
        // Then
        assertThat(text).isEqualTo("""
                        table inet tombolo
                        delete table inet tombolo
                        table inet tombolo {
                        \tset networks4 {
                        \t\ttype ipv4_addr
                        \t\tflags interval
                        \t\tauto-merge
                        \t\telements = { 169.254.0.0/16, 10.9.0.0/16 }
                        \t}
                        \tset networks6 {
                        \t\ttype ipv6_addr
                        \t\tflags interval
                        \t\tauto-merge
                        \t\telements = { fe80:0:0:0:0:0:0:0/10, fd00:0:0:0:0:0:0:0/8 }
                        \t}
                        \tset ports {
                        \t\ttype inet_service
                        \t\tflags interval
                        \t\tauto-merge
                        \t\telements = { 22, 9000-9010 }
                        \t}
                        \tchain output {
                        \t\ttype nat hook output priority -110; policy accept;
                        \t\tmeta skgid 4242 return
                        \t\tsocket cgroupv2 level 2 "system.slice/tombolo-sidecar.service" return
                        \t\tip daddr 127.64.0.0/10 meta l4proto tcp redirect to :15002
                        \t\tfib daddr type { local, broadcast, multicast } return
                        \t\tip daddr @networks4 return
                        \t\tip6 daddr @networks6 return
                        \t\ttcp dport @ports return
                        \t\tmeta l4proto tcp redirect to :15002
                        \t}
                        }
                        """);
    }

    @Test
    void aSetWithoutElementsIsWrittenWithoutThem() {
        assertThat(new CaptureRules(List.of(GROUP), 15_002, List.of(), List.of()).nft())
                .contains("\tset ports {\n\t\ttype inet_service\n\t\tflags interval\n\t\tauto-merge\n\t}\n");
    }

    @Test
    void nobodySparedIsRefusedForTheSidecarWouldGetItsOwnConnections() {
        assertThatThrownBy(() -> new CaptureRules(List.of(), 15_002, List.of(), List.of()))
                .hasMessageContaining("would come back to it");
    }

    @Test
    void theGroupOfRootIsRefused() {
        assertThatThrownBy(() -> new Spared.Group(0)).hasMessageContaining("root's");
    }

    @Test
    void whatCouldEndAQuotedPathIsRefused() {
        for (String bad : List.of("", "/a", "a/", "a//b", "../a", "a/..", "a/./b", "a\"b", "a b", "a\nb", "a;b")) {
            assertThatThrownBy(() -> new Spared.ControlGroup(bad)).as(bad).isInstanceOf(TomboloException.class);
        }
    }

    @Test
    void portsAreOneOrARangeInOrder() {
        assertThat(PortRange.parse("9000-9010")).isEqualTo(new PortRange(9_000, 9_010));
        assertThat(PortRange.parse("9000-9000")).hasToString("9000");
        for (String bad : List.of("", "-", "0", "70000", "9010-9000", "1-", "-1", "1-2-3", "022")) {
            assertThatThrownBy(() -> PortRange.parse(bad)).as(bad).isInstanceOf(TomboloException.class);
        }
    }

    @Test
    void listsAreBounded() {
        var many = Collections.nCopies(CaptureRules.MOST + 1, new PortRange(1, 1));
        assertThatThrownBy(() -> new CaptureRules(List.of(GROUP), 15_002, List.of(), many))
                .hasMessageContaining("too long");
    }
}
