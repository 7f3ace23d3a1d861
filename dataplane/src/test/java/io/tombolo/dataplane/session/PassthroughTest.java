package io.tombolo.dataplane.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.drain.Drain;
import io.tombolo.dataplane.drain.DrainSettings;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.Far;
import io.tombolo.dataplane.fixture.Hellos;
import io.tombolo.dataplane.fixture.Terminating;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.probe.ProbeAnswerer;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.AddressDialer;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassthroughTest {
    private static final TestCluster WEST = new TestCluster("west");
    private static final InstanceId SELF = InstanceId.of(99);
    private static final Sni.Service NAME =
            Sni.Service.any(new ServicePort(Configs.CHECKOUT, 80), WEST.id(), TestCluster.FEDERATION);
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 112};
    private static Loops loops;

    private final CurrentConfig config = new CurrentConfig();
    private final Metrics metrics = new Metrics();
    private Passthrough passthrough;
    private Acceptor acceptor;
    private int port;

    @BeforeAll
    static void openLoops() {
        loops = Loops.open(2);
    }

    @AfterAll
    static void closeLoops() {
        loops.close();
    }

    @BeforeEach
    void open() {
        open(AcceptLimits.DEFAULT, new HelloLimits(16_384, Duration.ofSeconds(20)));
    }

    @AfterEach
    void close() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
    }

    @Test
    void theSidecarGetsTheHelloAndEverythingAfterIt() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY));
            byte[] hello = hello(NAME);
            // When
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello);
                Socket served = sidecar.accept();
                client.getOutputStream().write("more".getBytes(US_ASCII));
                // Then
                assertThat(Far.read(served, hello.length)).isEqualTo(hello);
                assertThat(Far.read(served, 4)).asString().isEqualTo("more");
                served.getOutputStream().write("answer".getBytes(US_ASCII));
                assertThat(Far.read(client, 6)).asString().isEqualTo("answer");
            }
        }
    }

    @Test
    void eachDirectionEndsByItself() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY));
            byte[] hello = hello(NAME);
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello);
                Socket served = sidecar.accept();
                Far.read(served, hello.length);
                // When
                client.shutdownOutput();
                // Then
                assertThat(served.getInputStream().read()).isEqualTo(-1);
                served.getOutputStream().write("late".getBytes(US_ASCII));
                served.close();
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("late");
            }
        }
    }

    @Test
    void aClientThatEndsItsHalfBeforeTheSidecarIsDialledIsHeardToTheEnd() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY));
            byte[] hello = hello(NAME);
            try (Socket client = Far.connect(port)) {
                // When
                client.getOutputStream().write(hello);
                client.getOutputStream().write("more".getBytes(US_ASCII));
                client.shutdownOutput();
                Socket served = sidecar.accept();
                // Then
                assertThat(served.getInputStream().readAllBytes()).hasSize(hello.length + 4);
                served.getOutputStream().write("late".getBytes(US_ASCII));
                served.close();
                assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("late");
            }
        }
    }

    @Test
    void aMebibyteEachWayArrivesAsItWasSent() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY));
            byte[] hello = hello(NAME);
            byte[] up = Far.random(1);
            byte[] down = Far.random(2);
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello);
                Socket served = sidecar.accept();
                Far.read(served, hello.length);
                // When
                CompletableFuture<Void> sending = Far.writing(client.getOutputStream(), up);
                CompletableFuture<Void> answering = Far.writing(served.getOutputStream(), down);
                CompletableFuture<byte[]> received =
                        CompletableFuture.supplyAsync(() -> Far.readSafely(served, up.length));
                // Then
                assertThat(Far.readSafely(client, down.length)).isEqualTo(down);
                assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(up);
                CompletableFuture.allOf(sending, answering).get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aSlowReaderStopsTheWriterAndNotTheGateway() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY));
            byte[] hello = hello(NAME);
            byte[] chunk = Far.random(3);
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello);
                Socket served = sidecar.accept();
                Far.read(served, hello.length);
                // When
                CompletableFuture<Void> endless = Far.writing(client.getOutputStream(), Far.repeated(chunk, 64));
                // Then
                assertThat(endless).failsWithin(Duration.ofMillis(500));
                byte[] received = Far.readSafely(served, 64 * chunk.length);
                assertThat(received).hasSize(64 * chunk.length);
                assertThat(Arrays.copyOfRange(received, 63 * chunk.length, received.length))
                        .isEqualTo(chunk);
                endless.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void thePreferredInstanceGetsItAndAnotherOneWhenItIsGone() throws Exception {
        try (Far first = Far.open();
                Far second = Far.open()) {
            // Given
            var wanted = NAME.preferring(InstanceId.of(2));
            serve(
                    Configs.instance(WEST, 1, first.port(), InstanceState.READY),
                    Configs.instance(WEST, 2, second.port(), InstanceState.READY));
            // When, Then
            assertReaches(second, wanted);
            serve(
                    Configs.instance(WEST, 1, first.port(), InstanceState.READY),
                    Configs.instance(WEST, 2, second.port(), InstanceState.DRAINING));
            assertReaches(first, wanted);
        }
    }

    @Test
    void theExactInstanceIsReachedWhileItDrainsAndNoOtherOneEver() throws Exception {
        try (Far first = Far.open();
                Far second = Far.open()) {
            // Given
            serve(
                    Configs.instance(WEST, 1, first.port(), InstanceState.READY),
                    Configs.instance(WEST, 2, second.port(), InstanceState.DRAINING));
            // When, Then
            assertReaches(second, NAME.exactly(InstanceId.of(2)));
            assertRefused(hello(NAME.exactly(InstanceId.of(3))));
        }
    }

    @Test
    void anInstanceThatDoesNotAnswerIsPassedOver() throws Exception {
        int nobody;
        try (Far gone = Far.open()) {
            nobody = gone.port();
        }
        try (Far alive = Far.open()) {
            // Given
            serve(
                    Configs.instance(WEST, 1, nobody, InstanceState.READY),
                    Configs.instance(WEST, 2, alive.port(), InstanceState.READY));
            // When, Then
            for (int i = 0; i < 4; i++) {
                assertReaches(alive, NAME.preferring(InstanceId.of(1)));
            }
        }
    }

    @Test
    void connectionsGoWhereTheFewestAre() throws Exception {
        try (Far first = Far.open();
                Far second = Far.open()) {
            // Given
            serve(
                    Configs.instance(WEST, 1, first.port(), InstanceState.READY),
                    Configs.instance(WEST, 2, second.port(), InstanceState.READY));
            var sockets = new ArrayList<Socket>();
            // When
            for (int i = 0; i < 10; i++) {
                Socket client = Far.connect(port);
                sockets.add(client);
                client.getOutputStream().write(hello(NAME));
                awaitRelays(i + 1);
            }
            // Then
            assertThat(passthrough.loads().of(InstanceId.of(1))).isEqualTo(5);
            assertThat(passthrough.loads().of(InstanceId.of(2))).isEqualTo(5);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aControlConnectionReachesTheController() throws Exception {
        try (Far controller = Far.open()) {
            // Given
            var address = Optional.of(new HostPort("127.0.0.1", controller.port()));
            config.swap(ProxyConfig.of(1, List.of(Configs.own(WEST, address))));
            byte[] hello = Hellos.of(
                    Optional.of(new Sni.Control(WEST.id(), TestCluster.FEDERATION).toString()), List.of("tombolo-ctl"));
            // When
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello);
                // Then
                assertThat(Far.read(controller.accept(), hello.length)).isEqualTo(hello);
            }
        }
    }

    @Test
    void everyReasonIsRefusedWithTheSameBytesAfterTheSameTime() throws Exception {
        // Given
        serve();
        var reasons = new ArrayList<byte[]>();
        reasons.add("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
        reasons.add(Hellos.of(Optional.empty(), List.of("h2")));
        reasons.add(hello("example.org"));
        reasons.add(hello(NAME)); // exported, and nobody is ready
        reasons.add(hello("80.billing.shop.west.demo.tombolo"));
        reasons.add(hello("81.checkout.shop.west.demo.tombolo"));
        reasons.add(hello("80.checkout.shop.east.demo.tombolo"));
        reasons.add(hello("80.checkout.shop.west.other.tombolo"));
        reasons.add(hello("control.west.demo.tombolo"));
        reasons.add(hello("probe." + InstanceId.of(5) + ".west.demo.tombolo"));
        // When, Then
        for (byte[] reason : reasons) {
            long millis = assertRefused(reason);
            assertThat(millis).isBetween(20L, 4_000L); // and long before the time for a hello is over
        }
    }

    @Test
    void aServiceThatIsNotExportedDoesNotExistHere() throws Exception {
        // Given
        config.swap(ProxyConfig.of(
                1,
                List.of(
                        Configs.own(WEST, Optional.empty()),
                        Configs.served(WEST, false, ExportMode.PASSTHROUGH),
                        new FeedEntry.Local(Configs.instance(WEST, 1, 1, InstanceState.READY)))));
        // When, Then
        assertRefused(hello(NAME));
        assertThat(metrics.fault(Fault.UNKNOWN_SERVER_NAME).value()).isEqualTo(1);
    }

    @Test
    void beforeThereIsAnyConfigurationEverythingIsRefused() throws Exception {
        assertRefused(hello(NAME));
        assertThat(metrics.fault(Fault.NO_CONFIG).value()).isEqualTo(1);
    }

    @Test
    void whoSaysNothingIsRefusedAtTheDeadline() throws Exception {
        close();
        open(AcceptLimits.DEFAULT, new HelloLimits(16_384, Duration.ofMillis(300)));
        assertRefused(new byte[] {22, 3});
        assertThat(metrics.fault(Fault.NO_CLIENT_HELLO).value()).isEqualTo(1);
    }

    @Test
    void oneSourceCannotTakeAllPlacesOfThosePending() throws Exception {
        // Given
        close();
        open(new AcceptLimits(10, 4, 2), new HelloLimits(16_384, Duration.ofSeconds(5)));
        try (Socket first = Far.connect(port);
                Socket second = Far.connect(port);
                // When
                Socket third = Far.connect(port)) {
            // Then: which one depends on the loops that they came to
            await().atMost(4, TimeUnit.SECONDS)
                    .until(() -> Stream.of(first, second, third)
                                    .filter(Far::isClosedByPeer)
                                    .count()
                            == 1);
            assertThat(metrics.fault(Fault.TOO_MANY_PENDING).value()).isEqualTo(1);
        }
    }

    @Test
    void aDrainLetsWhatRunsEndAndTakesNothingNewAfterItsTime() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY));
            var announced = new CompletableFuture<Boolean>();
            var drain = new Drain(
                    new DrainSettings(Duration.ZERO, Duration.ofSeconds(20)),
                    acceptor,
                    passthrough::active,
                    () -> announced.complete(true));
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello(NAME));
                Socket served = sidecar.accept();
                // When
                CompletableFuture<Void> drained = drain.begin();
                // Then
                assertThat(announced).isCompleted();
                assertThat(drained).isNotDone();
                served.close();
                client.close();
                drained.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void whatIsLeftAtTheDrainDeadlineIsClosed() throws Exception {
        try (Far sidecar = Far.open()) {
            // Given
            serve(Configs.instance(WEST, 1, sidecar.port(), InstanceState.READY));
            var drain = new Drain(
                    new DrainSettings(Duration.ZERO, Duration.ofMillis(100)), acceptor, passthrough::active, () -> {});
            try (Socket client = Far.connect(port)) {
                client.getOutputStream().write(hello(NAME));
                Socket served = sidecar.accept();
                // When
                drain.begin().get(5, TimeUnit.SECONDS);
                // Then
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                served.close();
            }
        }
    }

    @Test
    void anInstanceAtTheGatewaysOwnAddressIsRefusedInsteadOfGoingRound() throws Exception {
        // Given
        serve(Configs.instance(WEST, 1, port, InstanceState.READY));
        // When
        assertRefused(hello(NAME));
        // Then
        assertThat(metrics.fault(Fault.RELAY_LOOP).value()).isEqualTo(1);
        assertThat(metrics.fault(Fault.PEER_UNREACHABLE).value()).isEqualTo(1);
        assertThat(metrics.counter("tombolo_connections_accepted_total", "").value())
                .isEqualTo(2); // the client's, and its own that it closed
    }

    private void open(AcceptLimits accept, HelloLimits hello) {
        Svid svid = WEST.gateway(SELF);
        var tls = new MeshTls(
                () -> svid,
                () -> config.get().bundles(),
                InstantSource.system(),
                TlsEngine.best(),
                Duration.ofSeconds(2));
        var settings = new SessionSettings(
                hello,
                new Refusal(Duration.ofMillis(20), Duration.ofMillis(60)),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                true);
        passthrough = new Passthrough(
                config,
                settings,
                new AddressDialer(loops, DialLimits.DEFAULT, metrics),
                new ProbeAnswerer(tls, () -> false, metrics),
                Terminating.on(loops, SELF, config, tls, metrics, AccessLog.off()),
                metrics,
                AccessLog.off());
        acceptor = new Acceptor(loops, accept, metrics, passthrough::begin);
        port = acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false)
                .getPort();
    }

    private void serve(LocalInstance... instances) {
        var entries = new ArrayList<FeedEntry>();
        entries.add(Configs.own(WEST, Optional.empty()));
        entries.add(Configs.served(WEST, true, ExportMode.PASSTHROUGH));
        for (LocalInstance instance : instances) {
            entries.add(new FeedEntry.Local(instance));
        }
        config.swap(ProxyConfig.of(1, entries));
    }

    private void assertReaches(Far sidecar, Sni name) throws Exception {
        byte[] hello = hello(name);
        try (Socket client = Far.connect(port)) {
            client.getOutputStream().write(hello);
            try (Socket served = sidecar.accept()) {
                assertThat(Far.read(served, hello.length)).isEqualTo(hello);
            }
        }
    }

    /** How long it took, in ms. */
    private long assertRefused(byte[] firstBytes) throws Exception {
        long began = System.nanoTime();
        try (Socket client = Far.connect(port)) {
            client.getOutputStream().write(firstBytes);
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(ALERT);
        }
        return (System.nanoTime() - began) / 1_000_000;
    }

    private void awaitRelays(int count) {
        await().atMost(5, TimeUnit.SECONDS)
                .until(() -> passthrough.loads().of(InstanceId.of(1))
                                + passthrough.loads().of(InstanceId.of(2))
                        >= count);
    }

    private static byte[] hello(Sni name) throws Exception {
        return hello(name.toString());
    }

    private static byte[] hello(String name) throws Exception {
        return Hellos.of(Optional.of(name), List.of("http/1.1"));
    }
}
