package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServicePort;
import io.tombolo.testing.GrpcApp;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of HTTP/2, and how they become others. */
class Http2WalkTest {
    private final Mesh mesh = new Mesh();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "web", 9, 0);
    private final RawApp app;

    /** With an application of HTTP/1.1. */
    Http2WalkTest() throws IOException {
        app = RawApp.answering(RawApp.ok("hello"));
        started.add(app);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
        mesh.close();
    }

    private RawHttp2 client() throws IOException {
        return client(Mesh.http());
    }

    private RawHttp2 client(ServicePort service) throws IOException {
        mesh.push();
        var client = new RawHttp2(caller.bind(service));
        started.add(client);
        return client;
    }

    @Test
    void aRequestOfHttp2ReachesAnApplicationOfHttp1() throws IOException {
        // Given
        mesh.inEast(1, app.port());
        RawHttp2 client = client();
        // When
        client.headers(
                1,
                true,
                ":method",
                "GET",
                ":scheme",
                "http",
                ":authority",
                "checkout.shop",
                ":path",
                "/a?b=c",
                "cookie",
                "x=1",
                "cookie",
                "y=2");
        // Then
        assertThat(client.answer(1)).isEqualTo(":status=200\ncontent-length=5\nhello");
        assertThat(app.heads.getFirst())
                .startsWith("GET /a?b=c HTTP/1.1\r\n")
                .containsIgnoringCase("host: checkout.shop\r\n")
                .contains("cookie: x=1; y=2\r\n")
                .doesNotContain("transfer-encoding");
    }

    @Test
    void aBodyOfUnknownLengthIsChunkedForIt() throws IOException {
        // Given
        mesh.inEast(1, app.port());
        RawHttp2 client = client();
        // When
        client.headers(1, false, ":method", "POST", ":scheme", "http", ":authority", "checkout.shop", ":path", "/");
        client.data(1, true, "part");
        // Then
        assertThat(client.answer(1)).startsWith(":status=200\n");
        assertThat(app.heads.getFirst()).contains("transfer-encoding: chunked\r\n");
    }

    @Test
    void nobodySpeaksAsASidecarInTrailers() throws IOException {
        // Given: an application that reads a whole chunked request
        var heard = new StringBuffer();
        RawApp reader = RawApp.start((in, out, socket) -> {
            while (heard.indexOf("0\r\n") < 0 || !heard.toString().endsWith("\r\n\r\n")) {
                heard.append((char) in.read());
            }
            out.write(RawApp.ok("read").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        });
        started.add(reader);
        mesh.inEast(1, reader.port());
        RawHttp2 client = client();
        // When
        client.headers(1, false, ":method", "POST", ":scheme", "http", ":authority", "checkout.shop", ":path", "/");
        client.data(1, false, "body");
        client.headers(1, true, "x-sum", "7", "tombolo-caller", "spiffe://east/ns/shop/sa/admin");
        // Then
        assertThat(client.answer(1)).endsWith("read");
        assertThat(heard.toString()).contains("x-sum: 7\r\n").doesNotContain("sa/admin");
    }

    @Test
    void aRequestOfHttp1ReachesAnApplicationOfHttp2() throws IOException {
        // Given: it speaks gRPC, and says what it thinks of other requests
        var talk = new GrpcApp("one");
        started.add(talk);
        mesh.inEast(1, talk.port());
        mesh.push();
        int port = caller.bind(Mesh.grpc());
        // When
        String answer = RawClient.once(
                port, "POST /test.Talk/Say HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 415 ").contains("Content-Type is missing");
    }

    @Test
    void aStreamThatIsTakenBackLeavesTheOthersAlone() throws IOException {
        // Given: the first request is never answered
        RawApp slow = RawApp.start((in, out, socket) -> {
            if (RawApp.head(in).contains("/never")) {
                assertThat(in.read()).as("until the connection's end").isNegative();
                return;
            }
            out.write(RawApp.ok("late").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        });
        started.add(slow);
        mesh.inEast(1, slow.port());
        RawHttp2 client = client();
        client.get(1, "/never");
        // When
        client.frame(RawHttp2.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
        client.get(3, "/");
        // Then
        assertThat(client.answer(3)).endsWith("late");
    }

    @Test
    void manyStreamsOfOneConnectionAreAnsweredEach() throws IOException {
        // Given
        mesh.inEast(1, app.port());
        RawHttp2 client = client();
        client.get(1, "/");
        assertThat(client.answer(1)).endsWith("hello");
        // When
        for (int stream = 3; stream <= 13; stream += 2) {
            client.get(stream, "/" + stream);
        }
        // Then
        int ended = 0;
        while (ended < 6) {
            if (client.read().endsStream()) {
                ended++;
            }
        }
        assertThat(app.heads).hasSize(7);
    }

    @Test
    void aDrainedSidecarLetsStreamsFinishAndThenSaysGoodbye() throws Exception {
        // Given: the application answers when it is told to
        var go = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        RawApp slow = RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            asked.countDown();
            try {
                assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.write(RawApp.ok("finished").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        });
        started.add(slow);
        TestSidecar server = mesh.inEast(1, slow.port());
        RawHttp2 client = client();
        client.get(1, "/");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        // When
        server.inbound.drain();
        go.countDown();
        // Then
        assertThat(client.answer(1)).endsWith("finished");
    }

    /** Who speaks HTTP/2 in the clear has no half-closed connections: its end is the end of all that was asked on it. */
    @Test
    void aClientThatEndsItsConnectionTakesItsRequestsWithIt() throws IOException {
        // Given: an application that never answers
        RawApp silent = RawApp.start((in, out, socket) -> in.transferTo(OutputStream.nullOutputStream()));
        started.add(silent);
        mesh.inEast(1, silent.port());
        RawHttp2 client = client();
        client.get(1, "/");
        Awaitility.await().until(() -> mesh.inWork() == 1);
        // When
        client.endInput();
        // Then
        Awaitility.await().until(() -> mesh.inWork() == 0);
        assertThat(client.rest()).as("and its connection is closed").isTrue();
    }

    /** Inside TLS it is said by TLS, and TCP stays open. */
    @Test
    void aMemberThatEndsItsHalfTakesItsRequestsWithIt() throws IOException {
        // Given
        RawApp silent = RawApp.start((in, out, socket) -> in.transferTo(OutputStream.nullOutputStream()));
        started.add(silent);
        TestSidecar server = mesh.inEast(1, silent.port());
        mesh.push();
        BareTls member = BareTls.caller(mesh, mesh.east, "web", server, Alpn.H2);
        started.add(member);
        var client = new RawHttp2(member.port());
        started.add(client);
        client.get(1, "/");
        Awaitility.await().until(() -> mesh.inWork() == 1);
        // When
        client.endInput();
        // Then
        Awaitility.await().until(() -> mesh.inWork() == 0);
    }

    @Test
    void anApplicationOfHttp2ThatGoesAwayLosesItsRequestsAtOnce() throws IOException {
        // Given: an application that reads a request, and then ends the connection
        RawApp leaving = RawApp.start((in, out, socket) -> {
            var reader = new DataInputStream(in);
            reader.readFully(new byte[24]);
            int type = RawHttp2.SETTINGS;
            while (type != RawHttp2.HEADERS) {
                int lengthAndType = reader.readInt();
                reader.readFully(new byte[5 + (lengthAndType >>> 8)]);
                type = lengthAndType & 0xff;
            }
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        });
        started.add(leaving);
        mesh.inEast(1, leaving.port());
        RawHttp2 client = client(Mesh.grpc());
        // When
        client.headers(1, true, ":method", "POST", ":scheme", "http", ":authority", "checkout.shop:9090", ":path", "/");
        // Then
        assertThat(client.answer(1)).startsWith(":status=502").contains("TB-");
        Awaitility.await().until(() -> mesh.inWork() == 0);
    }
}
