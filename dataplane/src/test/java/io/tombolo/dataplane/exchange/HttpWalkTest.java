package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HttpWalkTest {
    private static final String URL = "http://checkout.shop.svc.clusterset.local";

    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    private RawApp serve(RawApp app) {
        mesh.inEast(1, app.port());
        mesh.push();
        return app;
    }

    private RawClient connect() throws IOException {
        return new RawClient(caller.proxyPort());
    }

    private String request(String method, String path, String fields) {
        return method + " " + URL + path + " HTTP/1.1\r\nHost: ignored\r\n" + caller.authorization() + fields + "\r\n";
    }

    private String once(String request) throws IOException {
        return RawClient.once(caller.proxyPort(), request);
    }

    private String get(String path) throws IOException {
        return once(request("GET", path, "Connection: close\r\n"));
    }

    @Test
    void aRequestReachesTheApplicationOfALocalInstanceAndSaysWhoCalls() throws IOException {
        // Given
        RawApp app = serve(RawApp.answering(RawApp.ok("hello")));
        // When
        String answer = once(
                request("GET", "/cart?item=1", "Tombolo-Caller: forged\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n"));
        // Then
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhello");
        assertThat(app.heads.getFirst().toLowerCase(Locale.ROOT))
                .startsWith("get /cart?item=1 http/1.1\r\n")
                .contains("host: checkout.shop.svc.clusterset.local\r\n")
                .contains("tombolo-caller: " + mesh.east.workloadId("frontend") + "\r\n")
                .doesNotContain("forged", "proxy-authorization", "connection: close", "x-hop");
    }

    @Test
    void anotherClustersInstanceIsReachedThroughItsGateway() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("from west"));
        TestSidecar server = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        // When
        String answer = get("/");
        // Then
        assertThat(answer).endsWith("from west");
        assertThat(caller.summed("tombolo_requests_total", "destination_cluster=\"west\""))
                .isEqualTo(1);
    }

    @Test
    void connectionsAreKeptOnAllThreeLegs() throws IOException {
        // Given
        RawApp app = serve(RawApp.answering(RawApp.ok("again")));
        // When
        try (RawClient client = connect()) {
            for (int i = 0; i < 5; i++) {
                client.send(request("GET", "/" + i, ""));
                assertThat(client.answer()).endsWith("again");
            }
        }
        // Then
        assertThat(app.connections).hasValue(1);
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(1);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        // Given
        serve(RawApp.start((in, out, socket) -> {
            for (String head = RawApp.head(in); !head.isEmpty(); head = RawApp.head(in)) {
                out.write(RawApp.ok(head.substring(4, 6)).getBytes());
            }
        }));
        // When
        try (RawClient client = connect()) {
            client.send(request("GET", "/1", "") + request("GET", "/2", "") + request("GET", "/3", ""));
            // Then
            assertThat(client.answer()).endsWith("/1");
            assertThat(client.answer()).endsWith("/2");
            assertThat(client.answer()).endsWith("/3");
        }
    }

    @Test
    void chunksAndTrailersPassInBothDirections() throws IOException {
        // Given
        serve(RawApp.start((in, out, socket) -> {
            String head = RawApp.head(in).toLowerCase(Locale.ROOT);
            String body = RawApp.head(in); // ends with the trailers' empty line
            boolean whole =
                    head.contains("transfer-encoding: chunked") && body.equals("3\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n");
            out.write(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Ok\r\n\r\n1\r\n"
                            + (whole ? "y" : "n") + "\r\n0\r\nX-Ok: yes\r\n\r\n")
                    .getBytes());
        }));
        // When
        String answer = once(request("POST", "/", "Transfer-Encoding: chunked\r\nConnection: close\r\n")
                + "3\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n");
        // Then
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("transfer-encoding: chunked")
                .endsWith("1\r\ny\r\n0\r\nx-ok: yes\r\n\r\n");
    }

    @Test
    void theApplicationDecidesWhetherABodyIsWanted() throws IOException {
        // Given
        serve(RawApp.start((in, out, socket) -> {
            String head = RawApp.head(in).toLowerCase(Locale.ROOT);
            out.write((head.contains("expect: 100-continue") ? "HTTP/1.1 100 Continue\r\n\r\n" : "").getBytes());
            out.flush();
            out.write(RawApp.ok(new String(in.readNBytes(4))).getBytes());
        }));
        // When
        try (RawClient client = connect()) {
            client.send(request("POST", "/", "Content-Length: 4\r\nExpect: 100-continue\r\n"));
            String interim = RawApp.head(client.in);
            client.send("body");
            // Then
            assertThat(interim).startsWith("HTTP/1.1 100 Continue\r\n");
            assertThat(client.answer()).endsWith("body");
        }
    }

    @Test
    void answersWithoutBodyEndWithTheirHead() throws IOException {
        // Given
        serve(RawApp.start((in, out, socket) -> {
            for (String head = RawApp.head(in); !head.isEmpty(); head = RawApp.head(in)) {
                String path = head.split(" ")[1];
                out.write(
                        switch (path) {
                            case "/204" -> "HTTP/1.1 204 No Content\r\n\r\n".getBytes();
                            case "/304" -> "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n".getBytes();
                            case "/early" ->
                                ("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n"
                                                + "Transfer-Encoding: chunked\r\n\r\n")
                                        .getBytes();
                            default -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".getBytes();
                        });
            }
        }));
        // When
        try (RawClient client = connect()) {
            client.send(request("GET", "/204", "")
                    + request("GET", "/304", "")
                    + request("HEAD", "/head", "")
                    + request("HEAD", "/early", "")
                    + request("HEAD", "/last", "Connection: close\r\n"));
            String all = client.rest();
            // Then
            assertThat(all.split("HTTP/1.1 "))
                    .extracting(s -> s.isEmpty() ? "" : s.substring(0, 3))
                    .containsExactly("", "204", "304", "200", "103", "200", "200");
            assertThat(all).doesNotContain("0\r\n\r\nHTTP");
        }
    }

    @Test
    void anApplicationThatSpeaksHttp10AndEndsByClosingIsUnderstood() throws IOException {
        // Given
        serve(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            out.write("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil the end".getBytes());
        }));
        // When
        try (RawClient client = connect()) {
            client.send(request("GET", "/", ""));
            String head = RawApp.head(client.in);
            String body = RawApp.head(client.in);
            // Then
            assertThat(head).startsWith("HTTP/1.1 200 OK").containsIgnoringCase("transfer-encoding: chunked");
            assertThat(body).isEqualTo("d\r\nuntil the end\r\n0\r\n\r\n");
        }
    }

    @Test
    void aClientThatSpeaksHttp10GetsNoChunks() throws IOException {
        // Given
        serve(RawApp.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"));
        // When
        String answer = once("GET " + URL + "/ HTTP/1.0\r\n" + caller.authorization() + "\r\n");
        // Then
        assertThat(answer).endsWith("\r\n\r\nab").doesNotContainIgnoringCase("chunked");
    }

    @Test
    void aClientMayCloseItsHalfAndStillGetsTheAnswer() throws IOException {
        // Given
        var mayAnswer = new CompletableFuture<Void>();
        serve(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            mayAnswer.join();
            out.write(RawApp.ok("late").getBytes());
        }));
        // When
        try (RawClient client = connect()) {
            client.send(request("GET", "/", ""));
            client.socket.shutdownOutput();
            mayAnswer.complete(null);
            // Then
            assertThat(client.rest()).endsWith("late");
        }
    }

    @Test
    void aReaderThatIsSlowHoldsTheApplicationBackAndLosesNothing() throws Exception {
        // Given
        long bytes = 64L << 20;
        var written = new AtomicLong();
        serve(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n").getBytes());
            byte[] block = new byte[64 << 10];
            for (long sent = 0; sent < bytes; sent += block.length) {
                out.write(block);
                written.addAndGet(block.length);
            }
        }));
        // When
        try (RawClient client = connect()) {
            client.socket.setReceiveBufferSize(64 << 10);
            client.send(request("GET", "/", "Connection: close\r\n"));
            RawApp.head(client.in);
            client.in.readNBytes(1 << 20);
            long before = settled(written);
            // Then
            assertThat(before).isLessThan(bytes / 2);
            assertThat(client.in.readAllBytes().length).isEqualTo((int) (bytes - (1 << 20)));
        }
    }

    /** Waits until the writer is stuck: two looks in a row see the same. */
    private static long settled(AtomicLong counter) throws Exception {
        long seen = -1;
        while (seen != counter.get()) {
            seen = counter.get();
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 300, TimeUnit.MILLISECONDS)
                    .get();
        }
        return seen;
    }

    @Test
    void aProtocolThatIsSwitchedToPassesAsBytes() throws IOException {
        // Given
        RawApp app = serve(RawApp.start((in, out, socket) -> {
            String head = RawApp.head(in).toLowerCase(Locale.ROOT);
            if (head.contains("connection: upgrade") && head.contains("upgrade: echo")) {
                out.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\nhi "
                        .getBytes());
                in.transferTo(out);
            }
        }));
        // When
        try (RawClient client = connect()) {
            client.send(request("GET", "/", "Connection: Upgrade\r\nUpgrade: echo\r\n"));
            String head = RawApp.head(client.in);
            client.send("no http any more\n");
            // Then
            assertThat(head).startsWith("HTTP/1.1 101 ").containsIgnoringCase("upgrade: echo");
            assertThat(new String(client.in.readNBytes(20))).isEqualTo("hi no http any more\n");
        }
        assertThat(app.connections).hasValue(1);
    }

    @Test
    void aLargeBodyStreamsThrough() throws IOException {
        // Given
        int bytes = 8 << 20;
        serve(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            int read = in.readNBytes(bytes).length;
            out.write(RawApp.ok(Integer.toString(read)).getBytes());
        }));
        // When
        try (RawClient client = connect()) {
            client.send(request("POST", "/", "Content-Length: " + bytes + "\r\n"));
            client.out.write(new byte[bytes]);
            client.out.flush();
            // Then
            assertThat(client.answer()).endsWith(Integer.toString(bytes));
        }
    }

    @Test
    void aLocalPortStandsForItsService() throws IOException {
        // Given
        RawApp app = serve(RawApp.answering(RawApp.ok("bound")));
        int port = caller.bind(Mesh.http());
        // When
        String answer =
                RawClient.once(port, "GET /x HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(answer).endsWith("bound");
        assertThat(app.heads.getFirst()).containsIgnoringCase("host: checkout.shop.svc.clusterset.local\r\n");
    }

    @Test
    void httpInATunnelIsRoutedAsHttp() throws IOException {
        // Given
        serve(RawApp.answering(RawApp.ok("tunnelled")));
        // When
        try (RawClient client = connect()) {
            client.send("CONNECT checkout.shop:80 HTTP/1.1\r\nHost: checkout.shop:80\r\n" + caller.authorization()
                    + "\r\n");
            String established = RawApp.head(client.in);
            client.send("GET /in HTTP/1.1\r\nHost: checkout.shop\r\n\r\n");
            // Then
            assertThat(established).startsWith("HTTP/1.1 200 ");
            assertThat(client.answer()).endsWith("tunnelled");
        }
    }
}
