package io.tombolo.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.TomboloException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressRulesTest {
    private final AddressRules rules =
            new AddressRules(false, List.of(AddressRange.parse("10.96.0.0/12"), AddressRange.parse("fd00:1::/32")));

    @Test
    void noWayOfWritingThisMachineIsTaken() {
        for (String host : List.of(
                "127.0.0.1",
                "127.0.0.1.",
                "127.1",
                "127.0.1",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "127.0.0.0x1",
                "localhost",
                "LOCALHOST.",
                "gateway.localhost",
                "0.0.0.0",
                "0.1.2.3",
                "0",
                "::",
                "::1",
                "0:0:0:0:0:0:0:1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::")) {
            assertThat(rules.refusal(new HostPort(host, 1))).as(host).isPresent();
        }
    }

    @Test
    void whatIsNotTheAddressOfOneReachableMachineIsRefused() {
        for (String host : List.of(
                "169.254.1.1",
                "::ffff:169.254.169.254",
                "fe80::1",
                "fe80::1%lo",
                "fe80::1%nosuch",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255",
                "10.97.0.1",
                "::ffff:10.97.0.1",
                "64:ff9b::a61:1",
                "fd00:1::7",
                "a_b.example",
                "-a.example",
                "a..example",
                ".")) {
            assertThat(rules.refusal(new HostPort(host, 1))).as(host).isPresent();
        }
    }

    @Test
    void ordinaryAddressesAndNamesAreTaken() {
        for (String host : List.of(
                "10.0.0.1",
                "192.0.2.7",
                "2001:db8::1",
                "fd00:2::1",
                "gw.eu.example.com",
                "gw.example.",
                "GW1",
                "1.gw")) {
            assertThat(rules.refusal(new HostPort(host, 1))).as(host).isEmpty();
        }
    }

    @Test
    void whatANameWasResolvedToIsLookedAtTheSameWay() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        assertThat(rules.refusal(InetAddress.getByAddress("innocent.example", mapped)))
                .hasValue("loopback");
        assertThat(rules.refusal(InetAddress.getByAddress("innocent.example", new byte[] {10, 97, 0, 1})))
                .hasValue("in 10.96.0.0/12, which the operator denied");
        assertThat(rules.refusal(InetAddress.getByAddress("gw.example", new byte[] {10, 0, 0, 1})))
                .isEmpty();
    }

    @Test
    void loopbackAloneIsAllowedForDevelopment() {
        var development = new AddressRules(true);
        assertThat(development.refusal(new HostPort("127.0.0.1", 1))).isEmpty();
        assertThat(development.refusal(new HostPort("localhost", 1))).isEmpty();
        assertThat(development.refusal(new HostPort("::ffff:127.0.0.1", 1))).isEmpty();
        assertThat(development.refusal(new HostPort("0.0.0.0", 1))).isPresent();
        assertThat(development.refusal(new HostPort("169.254.1.1", 1))).isPresent();
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        for (String text : List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "fd00::/129", "x/8", "/8", "10.0.0.0/")) {
            assertThatThrownBy(() -> AddressRange.parse(text)).as(text).isInstanceOf(TomboloException.class);
        }
    }
}
