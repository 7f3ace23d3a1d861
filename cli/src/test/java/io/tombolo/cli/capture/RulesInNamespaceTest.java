package io.tombolo.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombolo.model.capture.CaptureRules;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.capture.Spared;
import io.tombolo.model.catalog.AddressRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules in a real kernel, in a network namespace that ends with the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesInNamespaceTest {
    private static final String NAMESPACE =
            "tb-rules-" + ProcessHandle.current().pid();
    private static final CaptureRules RULES = new CaptureRules(
            List.of(new Spared.Group(4_242)),
            15_002,
            List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("10.9.0.0/16")),
            List.of(PortRange.parse("22")));

    private final Nft nft = new Nft(List.of("ip", "netns", "exec", NAMESPACE, "nft"));

    @BeforeAll
    void make() throws Exception {
        assumeTrue(Nft.ifPossible().isPresent(), "needs Linux, root and nft (apt-get install nftables)");
        assumeTrue(run("ip", "netns", "add", NAMESPACE), "needs network namespaces and ip (apt-get install iproute2)");
    }

    @AfterAll
    void end() throws Exception {
        run("ip", "netns", "delete", NAMESPACE);
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private String listed() throws Exception {
        var list = new ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE, "nft", "-s", "list", "ruleset"));
        return new String(new ProcessBuilder(list).start().getInputStream().readAllBytes());
    }

    @Test
    void installingAgainChangesNothingAndRemovingLeavesNothingAndOthersStay() throws Exception {
        // Given
        nft.run(
                "table ip theirs {\n\tchain output {\n\t\ttype nat hook output priority -100; tcp dport 81 redirect to :82\n\t}\n}\n");
        String before = listed();
        // When
        nft.run(RULES.nft());
        String once = listed();
        nft.run(RULES.nft());
        // Then
        assertThat(listed()).isEqualTo(once).startsWith(before).contains("table inet tombolo");
        assertThat(nft.table())
                .hasValueSatisfying(table -> assertThat(table)
                        .contains("meta skgid 4242 return", "redirect to :15002", "elements = { 22 }", "10.0.0.0/8"));
        // When
        nft.run(CaptureRules.removal());
        // Then
        assertThat(listed()).isEqualTo(before);
        assertThat(nft.table()).isEmpty();
        // When
        nft.run(CaptureRules.removal());
        // Then
        assertThat(listed()).isEqualTo(before);
    }

    @Test
    void rulesThatTheKernelRefusesChangeNothing() throws Exception {
        // Given
        nft.run(RULES.nft());
        String before = listed();
        var impossible =
                new CaptureRules(List.of(new Spared.ControlGroup("no/such/group")), 15_003, List.of(), List.of());
        // When, then
        assertThatThrownBy(() -> nft.run(impossible.nft()))
                .hasMessageContaining("TB-2041 CAPTURE_RULES")
                .hasMessageContaining("cgroupv2");
        assertThat(listed()).isEqualTo(before);
        nft.run(CaptureRules.removal());
    }
}
