package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.metrics.Metrics;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile client of HTTP/2 can send, and what becomes of it, at each door that one can come in by. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class Http2Attacks {
    private static final int PROTOCOL_ERROR = 1;
    static final int REFUSED_STREAM = 7;
    private static final int CALM = 11;

    private static final String GOOD = ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil";

    /** Fields are separated by {@code |}; {@code \\r}, {@code \\n}, {@code \\0} stand for those bytes. */
    private static final List<String> MALFORMED = List.of(
            ":scheme=http|:authority=checkout.shop|:path=/evil",
            ":method=GET|:authority=checkout.shop|:path=/evil",
            ":method=GET|:scheme=http|:authority=checkout.shop",
            ":method=GET|:scheme=http|:path=/evil",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=evil",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=*",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil two",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil#x",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil\\r\\nx: y",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=http://checkout.shop/evil",
            ":method=G T|:scheme=http|:authority=checkout.shop|:path=/evil",
            ":method=|:scheme=http|:authority=checkout.shop|:path=/evil",
            ":method=CONNECT|:authority=checkout.shop:80",
            ":method=CONNECT|:protocol=websocket|:scheme=http|:authority=checkout.shop|:path=/evil",
            ":method=GET|:scheme=http|:authority=me@checkout.shop|:path=/evil",
            ":method=GET|:scheme=http|:authority=check out.shop|:path=/evil",
            ":method=GET|:scheme=http|:authority=checkout.shop:0|:path=/evil",
            ":method=GET|:method=GET|:scheme=http|:authority=checkout.shop|:path=/evil",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil|:path=/evil",
            ":method=GET|:scheme=http|:authority=checkout.shop|:authority=a|:path=/evil",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil|:status=200",
            ":method=GET|:scheme=http|:authority=checkout.shop|:path=/evil|:other=x",
            ":method=GET|:scheme=http|:authority=checkout.shop|x=y|:path=/evil",
            GOOD + "|host=other.shop",
            GOOD + "|host=checkout.shop|host=checkout.shop",
            GOOD + "|connection=close",
            GOOD + "|connection=x-secret",
            GOOD + "|keep-alive=1",
            GOOD + "|proxy-connection=close",
            GOOD + "|upgrade=websocket",
            GOOD + "|transfer-encoding=chunked",
            GOOD + "|te=gzip",
            GOOD + "|te=trailers, gzip",
            GOOD + "|http2-settings=AAAA",
            GOOD + "|content_length=5",
            GOOD + "|transfer_encoding=chunked",
            GOOD + "|Upper=x",
            GOOD + "|sp ace=x",
            GOOD + "|co:lon=x",
            GOOD + "|=x",
            GOOD + "|x=a\\r\\nevil: 1",
            GOOD + "|x=a\\nevil: 1",
            GOOD + "|x=a\\0b",
            GOOD + "|x= a",
            GOOD + "|content-length=5",
            GOOD + "|content-length=+0",
            GOOD + "|content-length=",
            GOOD + "|content-length=99999999999999999999");

    private static final int AT_ONCE = 200;

    private static final String LARGE = "x".repeat(100_000);

    final Mesh mesh = new Mesh();
    final RawApp app;
    private final List<AutoCloseable> started = new ArrayList<>();
    private @Nullable Door door;

    /** With an application. */
    Http2Attacks() throws IOException {
        RawApp[] self = new RawApp[1];
        self[0] = RawApp.start((in, out, socket) -> {
            for (String head = RawApp.head(in); !head.isEmpty(); head = RawApp.head(in)) {
                self[0].heads.add(head);
                String answer = RawApp.ok(head.startsWith("GET /large ") ? LARGE : "hello");
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        app = started(self[0]);
    }

    /**
     * Where attackers come in.
     * @param port  takes HTTP/2
     * @param guard who is attacked
     */
    record Door(int port, Metrics guard) {}

    abstract Door open() throws IOException;

    <T extends AutoCloseable> T started(T one) {
        started.add(one);
        return one;
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
        mesh.close();
    }

    Door door() throws IOException {
        if (door == null) {
            door = open();
        }
        return door;
    }

    RawHttp2 client() throws IOException {
        return started(new RawHttp2(door().port()));
    }

    /** Connections that the door has cut for asking too much. */
    private long calmed() throws IOException {
        return TestSidecar.counted(door().guard(), "tombolo_http2_connections_cut_total{error=\"ENHANCE_YOUR_CALM\"}");
    }

    long counted(String limit) throws IOException {
        return TestSidecar.counted(door().guard(), "tombolo_http2_limits_total{limit=\"" + limit + "\"}");
    }

    private void nextIsAnswered() throws IOException {
        RawHttp2 fresh = client();
        fresh.get(1, "/canary");
        assertThat(fresh.answer(1)).isEqualTo(":status=200\ncontent-length=5\nhello");
        assertThat(app.heads).noneMatch(head -> head.contains("evil"));
    }

    @Test
    void aMalformedHeaderListResetsItsStreamAndReachesNobody() throws IOException {
        int port = door().port();
        for (String fields : MALFORMED) {
            // Given
            try (var client = new RawHttp2(port)) {
                // When
                client.headers(1, true, fields(fields));
                // Then
                assertThat(client.answer(1)).as(fields).isIn("RST 1", "GOAWAY 1");
            }
        }
        nextIsAnswered();
        assertThat(app.heads).hasSize(1);
    }

    /** RFC 9110 §8.6 lets the same length be said again; the application hears it once. */
    @Test
    void theSameLengthSaidTwiceIsSaidOnce() throws IOException {
        RawHttp2 client = client();
        client.headers(
                1,
                true,
                fields(":method=GET|:scheme=http|:authority=checkout.shop|:path=/|content-length=0|content-length=0"));
        assertThat(client.answer(1)).endsWith("hello");
        assertThat(app.heads.getFirst()).containsOnlyOnce("content-length: 0\r\n");
    }

    static String[] fields(String text) {
        List<String> result = new ArrayList<>();
        for (String field : text.split("\\|", -1)) {
            int equals = field.indexOf('=', 1);
            int at = field.startsWith("=") ? 0 : equals;
            result.add(field.substring(0, at));
            result.add(field.substring(at + 1)
                    .replace("\\r", "\r")
                    .replace("\\n", "\n")
                    .replace("\\0", "\0"));
        }
        return result.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shorter", "longer"})
    void aBodyOfAnotherLengthThanSaidIsNeverTakenForWhole(String how) throws IOException {
        // Given
        RawHttp2 client = client();
        String length = how.equals("shorter") ? "9" : "2";
        client.headers(
                1,
                false,
                ":method",
                "POST",
                ":scheme",
                "http",
                ":authority",
                "checkout.shop",
                ":path",
                "/",
                "content-length",
                length);
        // When
        client.data(1, true, "12345");
        // Then
        assertThat(client.answer(1)).contains("RST " + PROTOCOL_ERROR);
    }

    @Test
    void trailersWithWhatFramesAMessageResetTheStream() throws IOException {
        RawHttp2 client = client();
        client.headers(1, false, fields(":method=POST|:scheme=http|:authority=checkout.shop|:path=/"));
        client.headers(1, true, "content-length", "5");
        assertThat(client.answer(1)).contains("RST " + PROTOCOL_ERROR);
    }

    @Test
    void streamsThatAreTakenBackAtOnceCutTheConnection() throws IOException {
        RawHttp2 client = client();
        assertThat(flood("max_resets", client, i -> {
                    client.get(2 * i + 1, "/");
                    client.frame(RawHttp2.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
                }))
                .isEqualTo(CALM);
    }

    @Test
    void framesThatMoveNothingCutTheConnection() throws IOException {
        RawHttp2 ping = client();
        assertThat(flood("max_idle_frames", ping, i -> ping.frame(RawHttp2.PING, 0, 0, new byte[8])))
                .isEqualTo(CALM);
        RawHttp2 settings = client();
        assertThat(flood("max_idle_frames", settings, i -> settings.frame(RawHttp2.SETTINGS, 0, 0, new byte[0])))
                .isEqualTo(CALM);
        RawHttp2 priority = client();
        assertThat(flood(
                        "max_idle_frames",
                        priority,
                        i -> priority.frame(RawHttp2.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 1})))
                .isEqualTo(CALM);
        RawHttp2 window = client();
        assertThat(flood(
                        "max_idle_frames",
                        window,
                        i -> window.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1})))
                .isEqualTo(CALM);
    }

    @Test
    void emptyBodiesPartsCutTheConnection() throws IOException {
        RawHttp2 client = client();
        client.headers(1, false, fields(":method=POST|:scheme=http|:authority=checkout.shop|:path=/"));
        assertThat(flood("max_empty_frames", client, i -> client.data(1, false, "")))
                .isEqualTo(CALM);
    }

    @Test
    void aHeaderListInEndlessPiecesCutsTheConnection() throws IOException {
        RawHttp2 client = client();
        client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(fields(GOOD)));
        assertThat(flood(
                        "max_small_continuations",
                        client,
                        i -> client.frame(RawHttp2.CONTINUATION, 0, 1, RawHttp2.block("a", "b"))))
                .isEqualTo(CALM);
    }

    @Test
    void aHeaderListThatIsTooLargeReachesNobody() throws IOException {
        RawHttp2 client = client();
        var fields = new ArrayList<>(List.of(fields(GOOD)));
        for (int i = 0; i < 4; i++) {
            fields.add("x-" + i);
            fields.add("y".repeat(10_000));
        }
        byte[] block = RawHttp2.block(fields.toArray(String[]::new));
        int first = 16_000;
        client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, Arrays.copyOf(block, first));
        for (int at = first; at < block.length; at += first) {
            int end = Math.min(block.length, at + first);
            client.frame(
                    RawHttp2.CONTINUATION,
                    end == block.length ? RawHttp2.END_HEADERS : 0,
                    1,
                    Arrays.copyOfRange(block, at, end));
        }
        assertThat(client.answer(1)).containsAnyOf("RST", "GOAWAY", ":status=431");
        nextIsAnswered();
    }

    @Test
    void whoOpensItsWindowByteByByteIsCut() throws IOException {
        RawHttp2 client = client();
        client.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 1});
        client.get(1, "/large");
        assertThat(flood(
                        "max_idle_frames",
                        client,
                        i -> client.frame(RawHttp2.WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 1})))
                .isEqualTo(CALM);
        nextIsAnswered();
    }

    @Test
    void whoTakesNoAnswersHoldsUpNobody() throws IOException {
        // Given: a client without any window for answers
        RawHttp2 deaf = client();
        deaf.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
        for (int stream = 1; stream < 8; stream += 2) {
            deaf.get(stream, "/large");
            deaf.await(RawHttp2.HEADERS, stream);
        }
        // When, then
        nextIsAnswered();
        deaf.close();
        Awaitility.await("nothing is left of it").until(() -> mesh.inWork() == 0);
    }

    private interface Step {
        void send(int number) throws IOException;
    }

    /** Sends until the connection ends; returns what it was ended for. */
    private int flood(String limit, RawHttp2 client, Step step) throws IOException {
        long calmedBefore = calmed();
        long countedBefore = counted(limit);
        int said = reason(client, step);
        Awaitility.await("the door counts it").until(() -> calmed() == calmedBefore + 1);
        Awaitility.await("and why").until(() -> counted(limit) == countedBefore + 1);
        return said;
    }

    private static int reason(RawHttp2 client, Step step) throws IOException {
        try {
            for (int i = 0; i < 20_000; i += AT_ONCE) {
                int first = i;
                client.atOnce(() -> {
                    for (int number = first; number < first + AT_ONCE; number++) {
                        step.send(number);
                    }
                });
            }
        } catch (SocketException cut) {
            // what was said before can still be read
        }
        try {
            return client.await(RawHttp2.GOAWAY, 0).error();
        } catch (EOFException | SocketException silent) {
            return CALM; // its kernel threw the last words away: the connection is cut all the same
        }
    }
}
