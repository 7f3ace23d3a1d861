package io.tombolo.dataplane.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.Far;
import io.tombolo.dataplane.fixture.Hole;
import io.tombolo.dataplane.fixture.Terminating;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.session.Passthrough;
import io.tombolo.dataplane.session.SessionSettings;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.AddressDialer;
import io.tombolo.dataplane.upstream.DialLimits;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.PathHealth.State;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.wire.codec.FeedEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real probes through a real gateway's data port. */
class ProbesTest {
    private static final TestCluster EAST = new TestCluster("east");
    private static final TestCluster WEST = new TestCluster("west");
    private static final InstanceId WEST_GATEWAY = InstanceId.of(2);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static Loops loops;

    private final BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
    private final CurrentConfig west = new CurrentConfig();
    private final CurrentConfig east = new CurrentConfig();
    private final Svid eastSvid = EAST.gateway(InstanceId.of(1));
    private Svid westSvid = WEST.gateway(WEST_GATEWAY);
    private volatile boolean draining;
    private final AtomicReference<Runnable> beforeNextAnswer = new AtomicReference<>(() -> {});
    private final ProbeAnswerer answerer =
            new ProbeAnswerer(tls(() -> westSvid, west), this::drainingNow, new Metrics());
    private Acceptor acceptor;
    private InetSocketAddress listening = new InetSocketAddress(0);
    private Probes probes;

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
        west.swap(ProxyConfig.of(1, entries(WEST, MemberState.ADMITTED)));
        east.swap(ProxyConfig.of(1, entries(EAST, MemberState.ADMITTED)));
        acceptor = gateway();
        var settings = new ProbeSettings(
                INTERVAL, 3, Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofMillis(200), 2);
        probes = new Probes(
                loops, tls(() -> eastSvid, east), settings, new Metrics(), (before, after) -> results.add(after));
    }

    @AfterEach
    void close() {
        probes.close();
        acceptor.stopAccepting();
        acceptor.closeConnections();
    }

    @Test
    void aPathThatWorksIsUpWithItsRoundTrip() throws Exception {
        // Given
        int port = listen();
        // When
        probes.measure(List.of(target(port)));
        // Then
        ProbeResult result = await(r -> r.health().state() == State.UP);
        assertThat(result.health().rttMicros()).isPositive().isLessThan(1_000_000);
        assertThat(result.draining()).isFalse();
    }

    @Test
    void aFreshHandshakeReplacesTheConnectionAndNoPingIsMissed() throws Exception {
        // Given
        probes.measure(List.of(target(listen())));
        await(r -> r.health().state() == State.UP);
        // When: twelve intervals hold two or three fresh handshakes
        for (int i = 0; i < 12; i++) {
            // Then
            assertThat(await(r -> true).health().state()).isEqualTo(State.UP);
        }
    }

    @Test
    void drainingComesWithTheAnswer() throws Exception {
        // Given
        probes.measure(List.of(target(listen())));
        await(r -> r.health().state() == State.UP);
        // When
        draining = true;
        // Then
        await(ProbeResult::draining);
    }

    @Test
    void aPortWhereNobodyListensIsDownAtOnceAndUpWhenSomebodyDoes() throws Exception {
        // Given
        int port;
        try (Far gone = Far.open()) {
            port = gone.port();
        }
        // When
        probes.measure(List.of(target(port)));
        // Then
        assertThat(await(r -> true).why()).contains(Fault.PEER_UNREACHABLE);
        acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false);
        await(r -> r.health().state() == State.UP);
    }

    @Test
    void aGatewayThatFallsSilentIsDownAfterThreeMisses() throws Exception {
        try (Far silent = Far.open()) {
            // When
            probes.measure(List.of(target(silent.port())));
            // Then
            ProbeResult result = await(r -> r.health().state() == State.DOWN);
            assertThat(result.why()).contains(Fault.PEER_UNREACHABLE);
        }
    }

    @Test
    void aConnectionThatStaysOpenAndIsNotAnsweredAnyMoreIsSilence() throws Exception {
        try (Hole hole = Hole.before(listen())) {
            // Given
            probes.measure(List.of(target(hole.port())));
            await(r -> r.health().state() == State.UP);
            // When
            hole.open();
            // Then
            ProbeResult result = await(r -> r.health().state() == State.DOWN);
            assertThat(result.why()).contains(Fault.PATH_SILENT);
            assertThat(result.isSilent()).isTrue();
        }
    }

    @Test
    void whoMissedAPingIsAskedFourTimesAsOften() throws Exception {
        // Given
        var slow = new ProbeSettings(
                Duration.ofSeconds(1), 5, Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofSeconds(1), 2);
        try (Hole hole = Hole.before(listen());
                var probing = new Probes(
                        loops, tls(() -> eastSvid, east), slow, new Metrics(), (before, after) -> results.add(after))) {
            probing.measure(List.of(target(hole.port())));
            await(r -> r.health().state() == State.UP);
            // When
            hole.open();
            long since = System.nanoTime();
            // Then: at most two intervals and four quarters, rather than at least five intervals
            assertThat(await(r -> r.health().state() == State.DOWN).isSilent()).isTrue();
            assertThat(System.nanoTime() - since).isLessThan(TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void anotherWorkloadThatAnswersForTheGatewayIsWrongServer() throws Exception {
        // Given
        westSvid = WEST.svid(WEST.workloadId("checkout"), Optional.empty());
        // When
        probes.measure(List.of(target(listen())));
        // Then
        assertThat(await(r -> r.health().state() == State.DOWN).why()).contains(Fault.WRONG_SERVER);
    }

    @Test
    void anotherGatewayOfTheRightClusterIsWrongServerToo() throws Exception {
        // Given
        westSvid = WEST.gateway(InstanceId.of(3));
        // When
        probes.measure(List.of(target(listen())));
        // Then
        assertThat(await(r -> r.health().state() == State.DOWN).why()).contains(Fault.WRONG_SERVER);
    }

    @Test
    void oneThatSharesItsAddressAnswersForItButDrainsForItselfOnly() throws Exception {
        // Given
        InstanceId sibling = InstanceId.of(3);
        westSvid = WEST.gateway(sibling);
        draining = true;
        // When
        probes.measure(List.of(target(listen(), Set.of(WEST_GATEWAY, sibling))));
        // Then
        ProbeResult result = await(r -> r.health().state() == State.UP);
        assertThat(result.health().gateway()).isEqualTo(WEST_GATEWAY);
        assertThat(result.draining()).isFalse();
    }

    @Test
    void aSharedAddressIsDownWhenNoneAnswersThereAndNotWhenOneOfThemGoes() throws Exception {
        // Given
        probes.measure(List.of(target(listen(), Set.of(WEST_GATEWAY, InstanceId.of(3)))));
        await(r -> r.health().state() == State.UP);
        // When: its connection ends, and another one can be made
        loseConnections();
        // Then
        for (int i = 0; i < 5; i++) {
            assertThat(await(r -> true).health().state()).isEqualTo(State.UP);
        }
        // When: nobody is there any more
        closedWithItsConnections();
        // Then
        assertThat(await(r -> r.health().state() == State.DOWN).why()).contains(Fault.PEER_UNREACHABLE);
    }

    @Test
    void oneThatGoesBeforeItAnsweredIsAskedOnceMoreAtASharedAddressOnly() throws Exception {
        // Given
        beforeNextAnswer.set(this::loseConnections);
        // When
        probes.measure(List.of(target(listen(), Set.of(WEST_GATEWAY, InstanceId.of(3)))));
        // Then
        assertThat(await(r -> true).health().state()).isEqualTo(State.UP);
        // Given
        probes.measure(List.of());
        beforeNextAnswer.set(this::loseConnections);
        // When
        probes.measure(List.of(target(listening.getPort())));
        // Then
        assertThat(await(r -> r.health().state() == State.DOWN).why()).contains(Fault.CONNECTION_LOST);
    }

    @Test
    void anEvictedClustersProbesAreNotAnswered() throws Exception {
        // Given
        west.swap(ProxyConfig.of(2, entries(WEST, MemberState.EVICTED)));
        // When
        probes.measure(List.of(target(listen())));
        // Then
        assertThat(await(r -> true).health().state()).isEqualTo(State.DOWN);
    }

    @Test
    void aProbeThatRunsEndsWhenItsClusterIsEvicted() throws Exception {
        // Given
        probes.measure(List.of(target(listen())));
        await(r -> r.health().state() == State.UP);
        // When
        west.swap(ProxyConfig.of(2, entries(WEST, MemberState.EVICTED)));
        answerer.closeIf(west.get()::isRevoked);
        // Then
        assertThat(await(r -> r.health().state() == State.DOWN).why()).isPresent();
    }

    @Test
    void afterOneEvictionOthersGoOn() throws Exception {
        // Given
        answerer.closeIf(peer -> true);
        acceptor.closeFrom(Set.of(InetAddress.getByName("10.0.0.1")));
        // When
        probes.measure(List.of(target(listen())));
        // Then
        await(r -> r.health().state() == State.UP);
    }

    @Test
    void whatIsNoLongerWantedIsForgotten() throws Exception {
        // Given
        probes.measure(List.of(target(listen())));
        await(r -> r.health().state() == State.UP);
        // When
        probes.measure(List.of());
        // Then
        assertThat(probes.results()).isEmpty();
        assertThat(probes.result(WEST_GATEWAY)).isEmpty();
    }

    @Test
    void framesAreWhatTheyWere() {
        var ping = ProbeFrame.ping(0x0102030405060708L).write(io.netty.buffer.UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = new byte[ProbeFrame.LENGTH];
        ping.getBytes(0, bytes);
        assertThat(bytes).containsExactly('T', 'M', 'B', 'P', 1, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(ProbeFrame.read(ping)).contains(ProbeFrame.ping(0x0102030405060708L));
        ping.release();
        byte[] later = bytes.clone();
        later[4] = 2;
        assertThat(ProbeFrame.read(Unpooled.wrappedBuffer(later))).isEmpty();
        byte[] answer = bytes.clone();
        answer[5] = 2;
        answer[6] = (byte) 0xff; // later flags are ignored
        assertThat(ProbeFrame.read(Unpooled.wrappedBuffer(answer)))
                .contains(new ProbeFrame(true, true, 0x0102030405060708L));
    }

    private static List<FeedEntry> entries(TestCluster own, MemberState ofEast) {
        return List.of(
                Configs.own(own, Optional.empty()),
                Configs.member(EAST, ofEast),
                Configs.member(WEST, MemberState.ADMITTED),
                Configs.bundle(EAST),
                Configs.bundle(WEST));
    }

    private Acceptor gateway() {
        var metrics = new Metrics();
        var passthrough = new Passthrough(
                west,
                SessionSettings.DEFAULT,
                new AddressDialer(loops, DialLimits.DEFAULT, metrics),
                answerer,
                Terminating.on(
                        loops,
                        WEST_GATEWAY,
                        west,
                        tls(() -> WEST.gateway(WEST_GATEWAY), west),
                        metrics,
                        AccessLog.off()),
                metrics,
                AccessLog.off());
        return new Acceptor(loops, AcceptLimits.DEFAULT, metrics, passthrough::begin);
    }

    private int listen() {
        listening = acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
        return listening.getPort();
    }

    private boolean drainingNow() {
        beforeNextAnswer.getAndSet(() -> {}).run();
        return draining;
    }

    private void loseConnections() {
        acceptor.closeFrom(Set.of(InetAddress.getLoopbackAddress()));
    }

    private InetSocketAddress closedWithItsConnections() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
        return listening;
    }

    private static ProbeTarget target(int port) {
        return target(port, Set.of(WEST_GATEWAY));
    }

    private static ProbeTarget target(int port, Set<InstanceId> answering) {
        return new ProbeTarget(
                WEST.id(),
                WEST_GATEWAY,
                List.of(new HostPort("127.0.0.1", port)),
                answering,
                SpiffeId.gateway(WEST.trustDomain()),
                TestCluster.FEDERATION,
                Optional.empty());
    }

    private static MeshTls tls(java.util.function.Supplier<Svid> svid, CurrentConfig config) {
        return new MeshTls(
                svid, () -> config.get().bundles(), InstantSource.system(), TlsEngine.best(), Duration.ofSeconds(1));
    }

    private ProbeResult await(Predicate<ProbeResult> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (true) {
            ProbeResult result = results.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (result == null) {
                throw new AssertionError("no such result; known: " + probes.results());
            }
            if (wanted.test(result)) {
                return result;
            }
        }
    }
}
