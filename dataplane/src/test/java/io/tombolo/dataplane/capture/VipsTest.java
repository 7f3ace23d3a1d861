package io.tombolo.dataplane.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.capture.CaptureRules;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On Linux, where every address of 127.0.0.0/8 can be listened on. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class VipsTest {
    private static final Callee CHECKOUT = new Callee.Anyone(new ServiceName("shop", "checkout"));
    private static final Callee BILLING = new Callee.Anyone(new ServiceName("shop", "billing"));

    private final Loops loops = Loops.open(1);
    private final Metrics metrics = new Metrics();
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        loops.close();
    }

    private Vips vips(String range, boolean bind, int maxListeners, PortRange... excluded) {
        return new Vips(
                loops,
                new Vips.Settings(new VipRange(AddressRange.parse(range)), bind, List.of(excluded), maxListeners, 100),
                metrics,
                (channel, service) -> {
                    arrived.add(service.servicePort().toString());
                    channel.close();
                });
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(Inet4Address address, int port) {
        try (var socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void anAddressIsListenedOnWhenItIsAskedForAndLeadsToItsService() throws Exception {
        // Given
        Vips vips = vips("127.64.8.0/24", true, 10);
        int port = freePort();
        // When
        Inet4Address address = vips.require(CHECKOUT, List.of(port)).get().orElseThrow();
        // Then
        assertThat(vips.require(CHECKOUT, List.of(port)).get()).contains(address);
        assertThat(vips.at(address)).contains(CHECKOUT);
        assertThat(answers(address, port)).isTrue();
        assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/checkout:" + port);
        assertThat(vips.require(BILLING, List.of(port)).get().orElseThrow()).isNotEqualTo(address);
        // When
        vips.close();
        // Then: a process that another test starts has all sockets for a moment, until it becomes another program
        await().until(() -> !answers(address, port));
    }

    @Test
    void anAddressWhereAnotherProcessWouldAnswerIsNotGivenOutUntilItIsFree() throws Exception {
        // Given
        Vips vips = vips("127.64.9.0/24", true, 10);
        try (var theirs = new ServerSocket(0)) { // on all addresses
            // When
            Optional<Inet4Address> address =
                    vips.require(CHECKOUT, List.of(theirs.getLocalPort())).get();
            // Then
            assertThat(address).isEmpty();
            assertThat(vips.shown().getFirst().missing().get(theirs.getLocalPort()))
                    .contains("in use");
            assertThat(metrics.text()).contains("tombolo_vips_not_bound 1", "{code=\"TB-2043\"} 1");
        }
        vips.close();
    }

    @Test
    void theApplicationsOwnPortIsNeverTakenFromIt() throws Exception {
        // Given
        int app = freePort();
        Vips vips = vips("127.64.10.0/24", true, 10, new PortRange(app, app));
        // When
        Optional<Inet4Address> address = vips.require(CHECKOUT, List.of(app)).get();
        // Then
        assertThat(address).isEmpty();
        try (var theirs = new ServerSocket(app)) {
            assertThat(theirs.isBound()).isTrue();
        }
        vips.close();
    }

    @Test
    void nothingIsListenedOnWhereTheKernelRedirects() throws Exception {
        // Given
        Vips vips = vips("127.64.11.0/24", false, 10);
        int port = freePort();
        // When
        Inet4Address address = vips.require(CHECKOUT, List.of(port)).get().orElseThrow();
        // Then
        assertThat(vips.at(address)).contains(CHECKOUT);
        assertThat(answers(address, port)).isFalse();
    }

    @Test
    void whatIsGoneIsTakenBackAndPortsFollowTheService() throws Exception {
        // Given
        Vips vips = vips("127.64.12.0/24", true, 10);
        int first = freePort();
        int second = freePort();
        Inet4Address checkout = vips.require(CHECKOUT, List.of(first)).get().orElseThrow();
        Inet4Address billing = vips.require(BILLING, List.of(first)).get().orElseThrow();
        // When
        vips.follow(service -> service.equals(CHECKOUT) ? Optional.of(List.of(second)) : Optional.empty());
        // Then
        while (answers(checkout, first) || !answers(checkout, second) || answers(billing, first)) {
            Thread.onSpinWait(); // the test's own time limit ends it
        }
        assertThat(vips.at(billing)).isEmpty();
        assertThat(vips.require(CHECKOUT, List.of(second)).get()).contains(checkout);
        vips.close();
    }

    @Test
    void listenersAndAddressesAreBounded() throws Exception {
        // Given
        Vips two = vips("127.64.13.0/24", true, 2);
        Vips tiny = vips("127.64.14.0/28", false, 2);
        int port = freePort();
        // When, then
        assertThat(two.require(CHECKOUT, List.of(port, freePort())).get()).isPresent();
        assertThat(two.require(BILLING, List.of(port)).get()).isEmpty();
        var given = new HashSet<Inet4Address>();
        for (int i = 0; i < 14; i++) {
            given.add(tiny.require(new Callee.Anyone(new ServiceName("shop", "s" + i)), List.of(80))
                    .get()
                    .orElseThrow());
        }
        assertThat(given).hasSize(14);
        assertThat(tiny.require(CHECKOUT, List.of(80)).get()).isEmpty();
        two.close();
    }

    @Test
    void anInstancesAddressIsItsOwnAndInstancesLeaveHalfOfTheListenersToServices() throws Exception {
        // Given
        var arrivals = new LinkedBlockingQueue<CalleePort>();
        var vips = new Vips(
                loops,
                new Vips.Settings(new VipRange(AddressRange.parse("127.64.15.0/24")), true, List.of(), 4, 100),
                metrics,
                (channel, callee) -> {
                    arrivals.add(callee);
                    channel.close();
                });
        int port = freePort();
        List<Callee> three = IntStream.range(0, 3).mapToObj(VipsTest::instance).toList();
        // When
        Inet4Address first = vips.require(three.getFirst(), List.of(port)).get().orElseThrow();
        // Then
        assertThat(answers(first, port)).isTrue();
        assertThat(arrivals.poll(10, TimeUnit.SECONDS))
                .isEqualTo(three.getFirst().at(port));
        assertThat(vips.require(three.get(1), List.of(port)).get()).isPresent();
        assertThat(vips.require(three.get(2), List.of(port)).get()).isEmpty();
        assertThat(vips.require(CHECKOUT, List.of(port)).get()).isPresent();
        assertThat(vips.hasGiven(new ServiceName("shop", "mysql"))).isTrue();
        assertThat(metrics.text())
                .contains("tombolo_vips 4", "tombolo_vips_of_instances 3", "tombolo_vips_not_bound 1");
        // When it is gone
        vips.follow(callee -> callee.equals(three.getFirst()) ? Optional.empty() : Optional.of(List.of(port)));
        // Then
        await().until(() -> vips.at(first).isEmpty());
        await().until(() -> metrics.text().contains("tombolo_vips_resting 1"));
        assertThat(vips.require(three.getFirst(), List.of(port)).get()).contains(first);
        vips.close();
    }

    private static Callee instance(int number) {
        return new Callee.One(new ServiceName("shop", "mysql"), new ClusterId("west"), InstanceId.of(number));
    }

    @Test
    void aSidecarsRangeIsItsOwnAndAServicesPlaceInItIsTheSameEveryTime() {
        // Given
        VipRange one = VipRange.of(InstanceId.of(1));
        // Then
        assertThat(VipRange.of(InstanceId.of(1))).isEqualTo(one);
        assertThat(VipRange.of(InstanceId.of(2))).isNotEqualTo(one);
        assertThat(one.candidates(CHECKOUT))
                .hasSize(1_022)
                .doesNotHaveDuplicates()
                .allMatch(one.range()::contains);
        assertThat(one.candidates(CHECKOUT).findFirst())
                .isEqualTo(one.candidates(CHECKOUT).findFirst());
        for (int i = 0; i < 1_000; i++) {
            assertThat(CaptureRules.VIRTUAL.contains(
                            VipRange.of(InstanceId.of(i)).range().network()))
                    .isTrue();
        }
    }

    @Test
    void aRangeIsPartOfWhatIsForServices() {
        for (String bad : List.of(
                "127.0.0.0/16", "127.64.0.0/10", "127.64.0.1/24", "127.64.0.0/29", "10.0.0.0/16", "fd00::/16")) {
            assertThatThrownBy(() -> new VipRange(AddressRange.parse(bad)))
                    .as(bad)
                    .isInstanceOf(TomboloException.class);
        }
    }
}
