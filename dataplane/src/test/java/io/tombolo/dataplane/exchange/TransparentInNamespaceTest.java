package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.capture.CaptureRules;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.capture.Spared;
import io.tombolo.model.catalog.AddressRange;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that know of no proxy, a real kernel that redirects, and a sidecar in between; in namespaces of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // made before the first test
class TransparentInNamespaceTest {
    private static final String TO_SERVICE = "tombolo_redirected_connections_total{to=\"service\"}";
    private static final String AWAY = "tombolo_redirected_connections_total{to=\"away\"}";
    private static final String UNREACHABLE = "tombolo_redirected_connections_total{to=\"unreachable\"}";
    private static final String LOOPS = "tombolo_faults_total{code=\"TB-2025\"}";

    /** What curl ends with: a reset may come before it has seen that it is connected. An end in peace would be 52. */
    private static final List<Integer> REFUSED_OR_RESET = List.of(7, 56);

    private static final String NAME = "checkout.shop.svc.clusterset.local";

    /** Reads a greeting, says much, ends its half, reads the rest. */
    private static final String TALK = """
            import socket, sys
            s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 10)
            greeting = s.recv(11)
            s.sendall(b"x" * 300000)
            s.shutdown(socket.SHUT_WR)
            rest = b""
            while True:
                more = s.recv(4096)
                if not more: break
                rest += more
            print(greeting.decode().strip(), rest.decode())
            """;

    private Namespaces net;
    private Namespaces.Program sidecar;
    private Namespaces.Program byName;

    @BeforeAll
    void start() {
        net = Namespaces.make();
        Namespaces.Program outside = net.startOutside(OutsideServer.class);
        byName = net.startInside(CapturedHouse.class, "names");
        sidecar = net.startInside(CapturedHouse.class).awaitReady();
        byName.awaitReady();
        outside.awaitReady();
    }

    @AfterAll
    void end() {
        if (net != null) {
            net.close();
        }
    }

    @BeforeEach
    void install() {
        net.rules(rules(Namespaces.GROUP).nft());
    }

    private static CaptureRules rules(long group) {
        return new CaptureRules(
                List.of(new Spared.Group(group)),
                CapturedHouse.PORT,
                List.of(AddressRange.parse("10.78.0.0/16")),
                List.of(PortRange.parse("" + OutsideServer.SPARED_WEB)));
    }

    private static String url(String address, int port) {
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port + "/";
    }

    private Namespaces.Said curl(String url) {
        return net.inside("curl", "-sS", "-m", "10", "--noproxy", "*", url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.96.0.10", "fd96::10"})
    void aCallToAServicesAddressGetsThereUnderItsName(String vip) {
        // Given
        long before = sidecar.ask(TO_SERVICE);
        // When
        Namespaces.Said said = curl(url(vip, 80));
        // Then
        assertThat(said.text()).isEqualTo("Host checkout.shop.svc.clusterset.local");
        assertThat(sidecar.ask(TO_SERVICE)).isEqualTo(before + 1);
    }

    @Test
    void aCallToTheAddressOfOneInstanceGetsToThatOneOrToNobody() {
        // Given
        long before = sidecar.ask(TO_SERVICE);
        // When
        Namespaces.Said there = curl(url(CapturedHouse.OF_ONE, 80));
        Namespaces.Said gone = curl(url(CapturedHouse.OF_ONE_THAT_IS_GONE, 80));
        // Then
        assertThat(there.text()).isEqualTo("Host checkout.shop.svc.clusterset.local");
        assertThat(gone.text()).contains("TB-2009");
        assertThat(sidecar.ask(TO_SERVICE)).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.96.0.10", "fd96::10"})
    void aServiceThatSpeaksFirstIsHeardAndAHalfCloseArrives(String vip) {
        assertThat(net.inside("python3", "-c", TALK, vip, "5432").text().strip())
                .isEqualTo("220 ready 300000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {Namespaces.OUTSIDE_4, Namespaces.OUTSIDE_6})
    void whatIsNotOfTheMeshGoesWhereItWasToGo(String address) {
        // Given
        long before = sidecar.ask(AWAY);
        // When
        Namespaces.Said web = curl(url(address, OutsideServer.WEB));
        Namespaces.Said lines = net.inside("python3", "-c", TALK, address, "" + OutsideServer.LINES);
        // Then
        assertThat(web.text()).isEqualTo("outside");
        assertThat(lines.text().strip()).isEqualTo("220 ready 300000 bytes");
        assertThat(sidecar.ask(AWAY)).isEqualTo(before + 2);
    }

    @Test
    void whoRefusesIsSeenToRefuse() {
        // Given
        long before = sidecar.ask(UNREACHABLE);
        // When
        Namespaces.Said said = curl(url(Namespaces.OUTSIDE_4, 9));
        // Then
        assertThat(said.code()).isIn(REFUSED_OR_RESET);
        assertThat(sidecar.ask(UNREACHABLE)).isEqualTo(before + 1);
    }

    @Test
    void excludedPortsTheSidecarsGroupAndTheMachineItselfAreLeftAlone() {
        // Given
        long before = sidecar.ask(AWAY);
        // When
        Namespaces.Said port = curl(url(Namespaces.OUTSIDE_4, OutsideServer.SPARED_WEB));
        Namespaces.Said group = net.insideAsSidecar(
                "curl", "-sS", "-m", "10", "--noproxy", "*", url(Namespaces.OUTSIDE_6, OutsideServer.WEB));
        Namespaces.Said self = curl(url("10.77.0.1", OutsideServer.WEB));
        // Then
        assertThat(port.text()).isEqualTo("outside");
        assertThat(group.text()).isEqualTo("outside");
        assertThat(self.text()).contains("Failed to connect");
        assertThat(sidecar.ask(AWAY)).isEqualTo(before);
    }

    @Test
    void aPortThatTheServiceDoesNotHaveIsClosed() {
        // Given
        long before = sidecar.ask("tombolo_faults_total{code=\"TB-2007\"}");
        // When, then
        assertThat(curl(url("10.96.0.10", 81)).code()).isIn(REFUSED_OR_RESET);
        assertThat(curl(url("127.64.0.9", 80)).code()).isIn(REFUSED_OR_RESET);
        assertThat(sidecar.ask("tombolo_faults_total{code=\"TB-2007\"}")).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void whoConnectsToTheTransparentPortItselfIsRefused(String loopback) {
        // Given
        long before = sidecar.ask("tombolo_faults_total{code=\"TB-2042\"}");
        // When, then
        assertThat(curl(url(loopback, CapturedHouse.PORT)).ok()).isFalse();
        assertThat(sidecar.ask("tombolo_faults_total{code=\"TB-2042\"}")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {Namespaces.OUTSIDE_4, Namespaces.OUTSIDE_6})
    void aSidecarWhoseOwnConnectionsAreLedBackEndsThemInsteadOfGoingRound(String address) {
        // Given
        net.rules(rules(4_343).nft());
        long loops = sidecar.ask(LOOPS);
        long away = sidecar.ask(AWAY);
        // When
        Namespaces.Said said = curl(url(address, OutsideServer.WEB));
        // Then
        assertThat(said.ok()).isFalse();
        assertThat(sidecar.ask(LOOPS)).isGreaterThan(loops);
        assertThat(sidecar.ask(AWAY)).isEqualTo(away + 1);
    }

    @Test
    void aNameLeadsToItsServiceByRedirection() {
        // Given
        net.resolver(CapturedHouse.DNS_OF_REDIRECTED);
        long before = sidecar.ask(TO_SERVICE);
        // When
        Namespaces.Said web = curl("http://checkout.shop.svc.clusterset.local/");
        Namespaces.Said lines = net.inside("python3", "-c", TALK, NAME, "5432");
        // Then
        assertThat(web.text()).isEqualTo("Host " + NAME);
        assertThat(lines.text().strip()).isEqualTo("220 ready 300000 bytes");
        assertThat(sidecar.ask(TO_SERVICE)).isEqualTo(before + 2);
    }

    @Test
    void aNameLeadsToItsServiceWithoutRules() {
        // Given
        net.rules(CaptureRules.removal());
        net.resolver(CapturedHouse.DNS_OF_NAMES);
        // When
        Namespaces.Said web = curl("http://checkout.shop.svc.clusterset.local/");
        Namespaces.Said lines = net.inside("python3", "-c", TALK, NAME, "5432");
        Namespaces.Said unknown = curl("http://billing.shop.svc.clusterset.local/");
        // Then
        assertThat(web.text()).isEqualTo("Host " + NAME);
        assertThat(lines.text().strip()).isEqualTo("220 ready 300000 bytes");
        assertThat(unknown.text()).contains("Could not resolve host");
        assertThat(byName.ask("tombolo_dns_queries_total{answer=\"nxdomain\"}")).isPositive();
    }

    @Test
    void withoutTheRulesEverythingIsAsBefore() {
        // Given
        long before = sidecar.ask(AWAY);
        // When
        net.rules(CaptureRules.removal());
        // Then
        assertThat(curl(url(Namespaces.OUTSIDE_4, OutsideServer.WEB)).text()).isEqualTo("outside");
        assertThat(sidecar.ask(AWAY)).isEqualTo(before);
        assertThat(net.inside("nft", "list", "ruleset").text()).isEmpty();
    }
}
