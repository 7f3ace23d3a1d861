package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.hello.HelloLimits;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.upstream.PoolLimits;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Alpn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each limit is what its setting says, and is counted when it is met. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitsWalkTest {
    private static final int NOBODY_LISTENS = 1;
    private static final int CALM = 11;

    private final Mesh mesh = new Mesh(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        mesh.close();
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private Socket stranger(TestSidecar server) throws IOException {
        Socket socket = opened(
                new Socket(InetAddress.getLoopbackAddress(), server.address().port()));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static long counted(TestSidecar by, String fault) {
        return by.counted("tombolo_faults_total{code=\"" + fault + "\"}");
    }

    private static HttpLimits keeping(int bytes) {
        HttpLimits usual = HttpLimits.DEFAULT;
        return limits(usual.headTimeout(), usual.idleTimeout(), bytes);
    }

    private static HttpLimits limits(Duration head, Duration idle, int keptBytes) {
        HttpLimits usual = HttpLimits.DEFAULT;
        return new HttpLimits(
                usual.maxHeadBytes(),
                usual.maxFields(),
                usual.maxTrailerBytes(),
                head,
                usual.bodyTimeout(),
                idle,
                usual.takeTimeout(),
                keptBytes);
    }

    @Test
    void whoSaysNoNameInTimeIsClosed() throws IOException {
        // Given
        mesh.hello = new HelloLimits(16_384, Duration.ofMillis(200));
        TestSidecar server = mesh.inEast(1, NOBODY_LISTENS);
        mesh.push();
        // When
        Socket silent = stranger(server);
        // Then
        assertThat(silent.getInputStream().readAllBytes()).as("one alert").hasSizeLessThan(16);
        assertThat(counted(server, "TB-2001")).isEqualTo(1);
    }

    @Test
    void aHelloThatIsTooLongIsRefusedBeforeItIsThere() throws IOException {
        // Given
        mesh.hello = new HelloLimits(512, Duration.ofMinutes(1));
        TestSidecar server = mesh.inEast(1, NOBODY_LISTENS);
        mesh.push();
        Socket talker = stranger(server);
        // When: a record that begins a ClientHello of 1,000 bytes
        talker.getOutputStream().write(new byte[] {22, 3, 1, 3, (byte) 0xec, 1, 0, 3, (byte) 0xe8});
        talker.getOutputStream().write(new byte[600]);
        // Then
        Awaitility.await().until(() -> counted(server, "TB-2001") == 1);
    }

    @Test
    void anApplicationGetsNoMoreConnectionsThanItsPoolMayHave() throws IOException {
        // Given: who waits for an answer keeps its connection
        mesh.appPool = new PoolLimits("app-pool", Duration.ofSeconds(2), Duration.ofMinutes(30), 1, 16);
        var answer = new CompletableFuture<Void>();
        RawApp app = opened(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            answer.join();
            out.write(RawApp.ok("late").getBytes());
        }));
        opened(() -> answer.complete(null));
        TestSidecar server = mesh.inEast(1, app.port());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        int port = caller.bind(Mesh.http());
        RawClient first = opened(new RawClient(port));
        first.send("POST / HTTP/1.1\r\nHost: checkout.shop\r\nContent-Length: 0\r\n\r\n");
        Awaitility.await().until(() -> app.connections.get() == 1);
        // When
        String second = RawClient.once(
                port, "POST / HTTP/1.1\r\nHost: checkout.shop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(second).startsWith("HTTP/1.1 503 ").contains("TB-2023", "Raise app-pool.max-connections");
        assertThat(counted(server, "TB-2023")).isEqualTo(1);
        answer.complete(null);
        assertThat(first.answer()).endsWith("late");
    }

    @Test
    void connectionsToAnApplicationAreGivenUpWhenTheyAreIdle() throws IOException {
        // Given
        mesh.appPool = new PoolLimits("app-pool", Duration.ofMillis(100), Duration.ofMinutes(30), 10, 16);
        RawApp app = opened(RawApp.answering(RawApp.ok("x")));
        TestSidecar server = mesh.inEast(1, app.port());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        // When
        RawClient client = opened(new RawClient(caller.bind(Mesh.http())));
        client.send("GET / HTTP/1.1\r\nHost: checkout.shop\r\n\r\n");
        assertThat(client.answer()).endsWith("x");
        // Then
        Awaitility.await().until(() -> server.counted("tombolo_app_pool_closed_total{limit=\"idle\"}") == 1);
        assertThat(caller.counted("tombolo_pool_closed_total{limit=\"idle\"}")).isZero();
    }

    @Test
    void aConnectionOnWhichNothingIsAskedIsClosedAndCounted() throws IOException {
        // Given
        mesh.http = limits(Duration.ofMinutes(1), Duration.ofMillis(200), 1_024);
        RawApp app = opened(RawApp.answering(RawApp.ok("x")));
        mesh.inEast(1, app.port());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        int port = caller.bind(Mesh.http());
        // When: nothing at all, nothing after an answer, and nothing after the preface of HTTP/2
        RawClient silent = opened(new RawClient(port));
        RawClient served = opened(new RawClient(port));
        served.send("GET / HTTP/1.1\r\nHost: checkout.shop\r\n\r\n");
        assertThat(served.answer()).endsWith("x");
        RawHttp2 greeted = opened(new RawHttp2(port));
        // Then
        assertThat(silent.rest()).isEmpty();
        assertThat(served.rest()).isEmpty();
        greeted.await(RawHttp2.GOAWAY, 0);
        Awaitility.await().until(() -> caller.counted("tombolo_http_idle_closed_total") == 3);
        assertThat(counted(caller, "TB-2006")).isZero();
    }

    @Test
    void whoBeginsAndDoesNotGoOnIsCountedAsTooSlow() throws IOException {
        // Given
        mesh.http = limits(Duration.ofMillis(200), Duration.ofMinutes(1), 1_024);
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        // When: what may become a method or the preface of HTTP/2
        RawClient slow = opened(new RawClient(caller.bind(Mesh.http())));
        slow.send("PR");
        // Then
        assertThat(slow.rest()).isEmpty();
        assertThat(counted(caller, "TB-2006")).isEqualTo(1);
        assertThat(caller.counted("tombolo_http_idle_closed_total")).isZero();
    }

    @Test
    void whatIsLargerThanWhatIsKeptIsSentOnce() throws IOException {
        // Given: whoever is asked first cannot reach its application, so that the other one may be asked
        mesh.http = keeping(2_048);
        mesh.inEast(1, NOBODY_LISTENS);
        mesh.inEast(2, NOBODY_LISTENS);
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        int port = caller.bind(Mesh.http());
        // When
        String small = put(port, 2_000);
        long afterSmall = caller.counted("tombolo_bodies_not_kept_total");
        String large = put(port, 3_000);
        // Then
        assertThat(small).contains("TB-2016");
        assertThat(large).contains("TB-2016");
        assertThat(afterSmall).isZero();
        assertThat(caller.counted("tombolo_bodies_not_kept_total")).isEqualTo(1);
        assertThat(caller.summed("tombolo_retries_total"))
                .as("of the small one")
                .isEqualTo(1);
    }

    private static String put(int port, int bytes) throws IOException {
        return RawClient.once(
                port,
                "PUT / HTTP/1.1\r\nHost: checkout.shop\r\nConnection: close\r\nContent-Length: " + bytes + "\r\n\r\n"
                        + "x".repeat(bytes));
    }

    private TestSidecar http2(int queuedFrames, int emptyFrames, int continuations) throws IOException {
        Http2Limits usual = Http2Limits.DEFAULT;
        mesh.http2 = new Http2Limits(
                usual.maxStreams(),
                usual.streamWindowBytes(),
                usual.connectionWindowBytes(),
                usual.maxResets(),
                usual.maxIdleFrames(),
                queuedFrames,
                emptyFrames,
                continuations);
        mesh.inEast(1, opened(RawApp.start(this::answerALot)).port());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        return caller;
    }

    private RawHttp2 client(TestSidecar of) throws IOException {
        return opened(new RawHttp2(of.bind(Mesh.http())));
    }

    private static void isCutAfter(TestSidecar by, RawHttp2 client, RawHttp2.Frames within, RawHttp2.Frames beyond)
            throws IOException {
        within.send();
        client.frame(RawHttp2.PING, 0, 0, "12345678".getBytes());
        RawHttp2.Frame pong = client.await(RawHttp2.PING, 0);
        while (!pong.text().equals("12345678")) {
            pong = client.await(RawHttp2.PING, 0);
        }
        beyond.send();
        assertThat(client.await(RawHttp2.GOAWAY, 0).error()).isEqualTo(CALM);
        assertThat(by.counted("tombolo_http2_connections_cut_total{error=\"ENHANCE_YOUR_CALM\"}"))
                .isEqualTo(1);
    }

    private void answerALot(InputStream in, OutputStream out, Socket socket) throws IOException {
        RawApp.head(in);
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n".getBytes());
        for (int part = 0; part < 99_999_999; part += 10_000) {
            out.write(new byte[10_000]);
            answered.addAndGet(10_000);
        }
    }

    @Test
    void whoTakesNoAnswersToItsPingsIsOwedOnlySoMany() throws IOException {
        // Given: a client that takes nothing, until the way to it is full
        TestSidecar by = http2(100, 16, 16);
        RawHttp2 client = client(by);
        client.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 4, 0x7f, -1, -1, -1});
        client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0x7f, 0, 0, 0});
        client.get(1, "/");
        var before = new AtomicLong();
        Awaitility.await().until(() -> answered.get() > 0 && before.getAndSet(answered.get()) == answered.get());
        // When, then: it asks for answers, slowly enough for every other limit, until it is cut
        Awaitility.await().until(() -> {
            boolean cut = by.counted("tombolo_http2_connections_cut_total{error=\"ENHANCE_YOUR_CALM\"}") == 1;
            if (!cut) {
                asks(client);
            }
            return cut;
        });
    }

    private static void asks(RawHttp2 client) {
        try {
            client.atOnce(() -> pings(client, 30));
        } catch (IOException justCut) {
            // which is counted by now
        }
    }

    private static void pings(RawHttp2 client, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            client.frame(RawHttp2.PING, 0, 0, new byte[8]);
        }
    }

    @Test
    void soManyPartsOfABodyMayBeEmpty() throws IOException {
        // Given
        TestSidecar by = http2(1_000, 3, 16);
        RawHttp2 client = client(by);
        client.headers(1, false, ":method", "POST", ":scheme", "http", ":authority", "checkout.shop", ":path", "/");
        // When, then
        isCutAfter(by, client, () -> emptyParts(client, 3), () -> emptyParts(client, 1));
    }

    private static void emptyParts(RawHttp2 client, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            client.data(1, false, "");
        }
    }

    @Test
    void soManyPiecesOfAHeaderListMayBeSmall() throws IOException {
        // Given
        TestSidecar by = http2(1_000, 16, 3);
        RawHttp2 client = client(by);
        byte[] begun = RawHttp2.block(":method", "GET", ":scheme", "http", ":authority", "checkout.shop", ":path", "/");
        // When, then
        isCutAfter(
                by,
                client,
                () -> {
                    client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, begun);
                    pieces(client, 1, 1);
                    client.frame(RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, 1, RawHttp2.block("c", "d"));
                },
                () -> {
                    client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 3, begun);
                    pieces(client, 3, 4);
                });
    }

    private static void pieces(RawHttp2 client, int stream, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            client.frame(RawHttp2.CONTINUATION, 0, stream, RawHttp2.block("a", "b"));
        }
    }

    @Test
    void aGatewayThatHandsNobodyOverIsNotWaitedFor() throws Exception {
        // Given
        mesh.hello = new HelloLimits(16_384, Duration.ofSeconds(1));
        mesh.westMode = ExportMode.TERMINATE;
        TestSidecar server = mesh.inWest(1, NOBODY_LISTENS);
        mesh.push();
        // When
        try (Spoken spoken = Spoken.with(
                mesh.west.gateway(Mesh.instance(90)),
                server.address(),
                Spoken.name(Mesh.http(), mesh.west),
                Alpn.TOMBOLO_FWD)) {
            spoken.challenge();
            // Then
            assertThat(spoken.rest()).isEmpty();
        }
        assertThat(counted(server, "TB-2050")).isEqualTo(1);
    }

    @Test
    void aGatewayThatLetsNothingThroughIsNotWaitedFor() throws IOException {
        // Given: it proves that it is a gateway, and says no more
        mesh.hello = new HelloLimits(16_384, Duration.ofSeconds(1));
        mesh.westMode = ExportMode.TERMINATE;
        mesh.inWest(1, NOBODY_LISTENS);
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        var silent = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        BareTls gateway = opened(BareTls.gateway(mesh, Mesh.instance(90), silent.getLocalPort()));
        mesh.westGateways.put(Mesh.instance(90), new HostPort("127.0.0.1", gateway.port()));
        mesh.push();
        // When
        String answer = RawClient.once(
                caller.bind(Mesh.http()), "GET / HTTP/1.1\r\nHost: checkout.shop\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("TB-2054");
        assertThat(counted(caller, "TB-2054")).isPositive();
    }
}
