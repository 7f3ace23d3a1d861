package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.fixture.PlainHttp;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServicePort;
import io.tombolo.testing.Fuzz;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Frames of HTTP/2 in any order, with anything in them, from each stranger that can send some. Whatever comes: nobody else's
 * answer has a byte of it, an application of HTTP/1.1 gets nothing that is no request, nothing is left of it when its connection
 * is gone, no exception gets past us, and whoever comes next is served.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class Http2FuzzTest {
    private static final String GET = ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil";
    private static final String[] SPICES = {
        ";",
        "=",
        "|",
        "e",
        "c",
        "p",
        "1",
        "3",
        "\\x00",
        "\\xff",
        "\\r\\n",
        ";H1e=" + GET + ";",
        ";H3=" + GET + ";",
        ";D1=evil;",
        ";D1e=;",
        ";D3e=evil;",
        ";H1e=x=y;",
        ";R1=8;",
        ";R3=0;",
        ";W1=1;",
        ";W0=2147483647;",
        ";S0=4:0;",
        ";S0=4:70000;",
        ";S0=3:0;",
        ";S0=1:0;",
        ";S0=5:16777215;",
        ";S0a=;",
        ";P0=ping;",
        ";P0a=pong;",
        ";G0=0:0;",
        ";G0=1:2;",
        ";Y1=3;",
        ";C1=a=b;",
        ";H1c=a=b;",
        ";U1=:path=/;",
        ";X1=x;",
        ";D1={20000*x};",
        "|x={9000*y}",
        "|content-length=3",
        "|te=trailers",
        "|tombolo-caller=me",
        ";H1=:status=200;",
        ";H1e=:status=503;"
    };
    private static final int ROUNDS = 20;

    /** A script that answers costs handshakes for each attempt. */
    private static final int ANSWERS = 15;

    private static final int EACH_FRESH = 10;

    private final Mesh mesh = new Mesh(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Overheard overheard;
    private int canaries;

    Http2FuzzTest() throws InterruptedException, ExecutionException {
        overheard = Overheard.on(mesh.loops);
        opened.add(overheard::close);
    }

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

    private ReadingApp app() throws IOException {
        return opened(ReadingApp.start());
    }

    @Test
    void whatAnApplicationSendsToItsOwnSidecar() throws Exception {
        ReadingApp app = app();
        mesh.inEast(1, app.port());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        attacked(app, caller.bind(Mesh.http()), caller.metrics);
    }

    @Test
    void whatAMemberSendsToASidecar() throws Exception {
        ReadingApp app = app();
        TestSidecar server = mesh.inEast(1, app.port());
        mesh.push();
        attacked(
                app,
                opened(BareTls.caller(mesh, mesh.east, "frontend", server, Alpn.H2))
                        .port(),
                server.metrics);
    }

    @Test
    void whatAMemberSendsToAGateway() throws Exception {
        ReadingApp app = app();
        mesh.westMode = ExportMode.TERMINATE;
        mesh.westEndpoints.put(Mesh.instance(1), new HostPort("127.0.0.1", app.port()));
        TestGateway gateway = mesh.gateway(90);
        mesh.push();
        BareTls member = opened(BareTls.throughGateway(mesh, mesh.east, "frontend", gateway, Alpn.H2));
        attacked(app, member.port(), gateway.metrics);
        Awaitility.await("nothing is left at the gateway").until(() -> gateway.terminate.active() == 0);
    }

    @Test
    void whatADestinationAnswers() throws Exception {
        var attacker = new Answering();
        BareTls peer =
                opened(BareTls.server(mesh, mesh.east, "checkout", Mesh.instance(1), attacker.app.port(), Alpn.H2));
        mesh.eastInstances.put(Mesh.instance(1), peer.address());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        answered(attacker, caller, caller.metrics, Mesh.http(), "checkout.shop");
    }

    @Test
    void whatAnApplicationAnswers() throws Exception {
        var attacker = new Answering();
        mesh.grpcAppPort = attacker.app.port();
        TestSidecar server = mesh.inEast(1, 0);
        mesh.grpcAppPort = 0;
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        answered(attacker, caller, server.metrics, Mesh.grpc(), "checkout.shop:9090");
    }

    private void attacked(ReadingApp app, int port, Metrics guard) throws Exception {
        try (var canary = new RawHttp2(port)) {
            Fuzz.of(Http2FuzzTest.class, "http2-requests").spicedWith(SPICES).rounds(ROUNDS, input -> {
                try (var client = new RawHttp2(port)) {
                    client.say(Http2Script.bytes(input.text()));
                }
                ask(canary, 2 * canaries + 1, "checkout.shop");
                if (canaries % EACH_FRESH == 0) {
                    try (var fresh = new RawHttp2(port)) {
                        ask(fresh, 1, "checkout.shop");
                    }
                }
                assertThat(app.wrong).isEmpty();
                nothingUnforeseen(guard);
            });
        }
        leftNothing();
        assertThat(app.got).extracting(PlainHttp.Message::line).contains("GET /canary/1 HTTP/1.1");
    }

    private void ask(RawHttp2 canary, int stream, String host) throws IOException {
        String target = "/canary/" + ++canaries;
        canary.headers(stream, true, ":method", "GET", ":scheme", "http", ":authority", host, ":path", target);
        String wanted = "GET " + target + " 0";
        assertThat(canary.answer(stream)).isEqualTo(":status=200\ncontent-length=" + wanted.length() + "\n" + wanted);
    }

    /** An exception of ours cuts the connection for a reason that nobody on the other side can give. */
    private void nothingUnforeseen(Metrics guard) {
        assertThat(overheard.complaints()).isEmpty();
        assertThat(guard.text()
                        .lines()
                        .filter(line -> line.startsWith("tombolo_http2_"))
                        .filter(line -> line.contains("\"OTHER\"") || line.contains("\"INTERNAL_ERROR\"")))
                .isEmpty();
    }

    private void leftNothing() {
        Awaitility.await("nothing is left in work").until(() -> mesh.inWork() == 0);
        assertThat(overheard.complaints()).isEmpty();
    }

    /** Answers the first request of each connection with what the fuzzer says. */
    private static final class Answering {
        final RawApp app;
        private volatile byte[] says = {};

        Answering() throws IOException {
            app = RawApp.start(this::serve);
        }

        private void serve(InputStream in, OutputStream out, Socket socket) throws IOException {
            var reader = new DataInputStream(in);
            reader.readFully(new byte[24]);
            int type = RawHttp2.SETTINGS;
            while (type != RawHttp2.HEADERS) {
                int lengthAndType = reader.readInt();
                reader.readFully(new byte[5 + (lengthAndType >>> 8)]);
                type = lengthAndType & 0xff;
            }
            out.write(Http2Script.bytes("S0="));
            out.write(says);
            out.flush();
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void answered(Answering attacker, TestSidecar caller, Metrics guard, ServicePort attacked, String host)
            throws Exception {
        opened(attacker.app);
        ReadingApp good = app();
        mesh.canary(2, good.port());
        mesh.push();
        int port = caller.bind(attacked);
        try (var canary = new RawHttp2(caller.bind(Mesh.canaryPort()))) {
            Fuzz.of(Http2FuzzTest.class, "http2-answers").spicedWith(SPICES).rounds(ANSWERS, input -> {
                attacker.says = Http2Script.bytes(input.text());
                try (var client = new RawHttp2(port)) {
                    client.headers(
                            1, true, ":method", "GET", ":scheme", "http", ":authority", host, ":path", "/attacked");
                    assertThat(client.answer(1)).as("some end").isNotEmpty();
                }
                ask(canary, 2 * canaries + 1, "canary.shop");
                nothingUnforeseen(guard);
            });
        }
        leftNothing();
    }
}
