package io.tombolo.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictHttpTest {
    private static final HttpLimits LIMITS = new HttpLimits(
            2_048,
            8,
            256,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            64 * 1_024);
    private static final String HOST = "Host: checkout.shop\r\n";

    static Stream<Arguments> refusedRequests() {
        return Stream.of(refusedHeads(), refusedLengths(), refusedChunks(), tooLarge())
                .flatMap(table -> table);
    }

    private static Stream<Arguments> refusedHeads() {
        return Stream.of(
                bad("GET / HTTP/1.1\n" + HOST + "\r\n", HttpFlaw.BARE_LF),
                bad("GET / HTTP/1.1\r\nHost: a\n\r\n", HttpFlaw.BARE_LF),
                bad("GET / HTTP/1.1\r\nHost: a\r\n\n", HttpFlaw.BARE_LF),
                bad("GET / HTTP/1.1\rHost: a\r\n\r\n", HttpFlaw.BARE_CR),
                bad("GET / HTTP/1.1\r\nX: a\rb\r\n" + HOST + "\r\n", HttpFlaw.BARE_CR),
                bad("GET / HTTP/1.1\r\nX: a\r\r\n" + HOST + "\r\n", HttpFlaw.BARE_CR),
                bad("GET / HTTP/1.1\r\nX: a\0b\r\n" + HOST + "\r\n", HttpFlaw.CONTROL_BYTE),
                bad("GET / HTTP/1.1\r\nX: a\u007fb\r\n" + HOST + "\r\n", HttpFlaw.CONTROL_BYTE),
                bad("GET / HTTP/1.1\r\nX: a\u000bb\r\n" + HOST + "\r\n", HttpFlaw.CONTROL_BYTE),
                bad("\u0016\u0003\u0001\u0002\0\u0001", HttpFlaw.CONTROL_BYTE),
                bad("GET\t/ HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad("GET  / HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad("GET / HTTP/1.1 \r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad("GET /\r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad(" GET / HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad("G@T / HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad("\r\n\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad("GET / http/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_REQUEST_LINE),
                bad("GET / HTTP/1.2\r\n" + HOST + "\r\n", HttpFlaw.UNKNOWN_VERSION),
                bad("GET / HTTP/2.0\r\n" + HOST + "\r\n", HttpFlaw.UNKNOWN_VERSION),
                bad("GET /#part HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("GET checkout.shop HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("GET * HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("GET https://checkout.shop/ HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("GET http://user@checkout.shop/ HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("CONNECT /path HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("CONNECT checkout.shop HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.BAD_TARGET),
                bad("GET / HTTP/1.1\r\n" + HOST + " folded\r\n\r\n", HttpFlaw.OBS_FOLD),
                bad("GET / HTTP/1.1\r\n" + HOST + "\tfolded\r\n\r\n", HttpFlaw.OBS_FOLD),
                bad("GET / HTTP/1.1\r\n X: y\r\n" + HOST + "\r\n", HttpFlaw.OBS_FOLD),
                bad("GET / HTTP/1.1\r\nHost : a\r\n\r\n", HttpFlaw.BAD_FIELD_NAME),
                bad("GET / HTTP/1.1\r\n" + HOST + "Content-Length\t: 1\r\n\r\na", HttpFlaw.BAD_FIELD_NAME),
                bad("GET / HTTP/1.1\r\n" + HOST + ": x\r\n\r\n", HttpFlaw.BAD_FIELD_NAME),
                bad("GET / HTTP/1.1\r\n" + HOST + "nocolon\r\n\r\n", HttpFlaw.BAD_FIELD_NAME),
                bad("GET / HTTP/1.1\r\n" + HOST + "\u00e9: x\r\n\r\n", HttpFlaw.BAD_FIELD_NAME),
                bad("GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n", HttpFlaw.SEVERAL_HOSTS),
                bad("GET / HTTP/1.1\r\n\r\n", HttpFlaw.NO_HOST),
                bad("GET / HTTP/1.1\r\nHost:\r\n\r\n", HttpFlaw.BAD_HOST),
                bad("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", HttpFlaw.BAD_HOST),
                bad("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", HttpFlaw.BAD_HOST),
                bad("GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", HttpFlaw.BAD_HOST),
                bad("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", HttpFlaw.BAD_HOST));
    }

    private static Stream<Arguments> refusedLengths() {
        return Stream.of(
                bad(post("Content-Length: 1\r\nContent-Length: 1\r\n") + "a", HttpFlaw.SEVERAL_LENGTHS),
                bad(post("Content-Length: 1\r\ncontent-length: 2\r\n") + "ab", HttpFlaw.SEVERAL_LENGTHS),
                bad(post("Content-Length: 1, 1\r\n") + "a", HttpFlaw.BAD_LENGTH),
                bad(post("Content-Length: +1\r\n") + "a", HttpFlaw.BAD_LENGTH),
                bad(post("Content-Length: -1\r\n"), HttpFlaw.BAD_LENGTH),
                bad(post("Content-Length: 0x1\r\n") + "a", HttpFlaw.BAD_LENGTH),
                bad(post("Content-Length:\r\n"), HttpFlaw.BAD_LENGTH),
                bad(post("Content-Length: 1234567890123456789\r\n"), HttpFlaw.BAD_LENGTH),
                bad(post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), HttpFlaw.LENGTH_AND_ENCODING),
                bad(post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"), HttpFlaw.LENGTH_AND_ENCODING),
                bad(post("Transfer-Encoding: xchunked\r\n"), HttpFlaw.UNKNOWN_ENCODING),
                bad(post("Transfer-Encoding: gzip, chunked\r\n"), HttpFlaw.UNKNOWN_ENCODING),
                bad(post("Transfer-Encoding: chunked, identity\r\n"), HttpFlaw.UNKNOWN_ENCODING),
                bad(post("Transfer-Encoding: \"chunked\"\r\n"), HttpFlaw.UNKNOWN_ENCODING),
                bad(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), HttpFlaw.UNKNOWN_ENCODING),
                bad("POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n", HttpFlaw.ENCODING_IN_1_0),
                bad("CONNECT a:1 HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\n\r\na", HttpFlaw.BODY_NOT_ALLOWED),
                bad("TRACE / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\n\r\na", HttpFlaw.BODY_NOT_ALLOWED));
    }

    private static Stream<Arguments> refusedChunks() {
        return Stream.of(
                bad(chunked("\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("g\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("-1\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked(" 1\r\na\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("1 \r\na\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("0x1\r\na\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("1\na\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("1;x\na\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("1\r\nab\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("1\r\na\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("fffffffff\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("1;a=b\r\na\r\n"), HttpFlaw.BAD_CHUNK),
                bad(chunked("0\r\nX : y\r\n\r\n"), HttpFlaw.BAD_FIELD_NAME),
                bad(chunked("0\r\n folded\r\n\r\n"), HttpFlaw.OBS_FOLD),
                bad(chunked("0\r\nX: " + "y".repeat(300) + "\r\n\r\n"), HttpFlaw.TRAILERS_TOO_LARGE));
    }

    private static Stream<Arguments> tooLarge() {
        return Stream.of(
                bad("GET / HTTP/1.1\r\n" + HOST + "X: y\r\n".repeat(9) + "\r\n", HttpFlaw.TOO_MANY_FIELDS),
                bad("GET /" + "a".repeat(3_000) + " HTTP/1.1\r\n" + HOST + "\r\n", HttpFlaw.HEAD_TOO_LARGE),
                bad("GET / HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(3_000), HttpFlaw.HEAD_TOO_LARGE));
    }

    static Stream<String> takenRequests() {
        return Stream.of(
                "GET / HTTP/1.1\r\n" + HOST + "\r\n",
                "\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n",
                "GET http://checkout.shop:80/a?b HTTP/1.1\r\n" + HOST + "\r\n",
                "GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n",
                "GET / HTTP/1.1\r\nhOST:a\r\nEmpty:\r\nX: \u00e9\ty \r\n\r\n",
                "CONNECT checkout.shop:80 HTTP/1.1\r\n" + HOST + "\r\n",
                post("Content-Length: 3\r\n") + "abc",
                post("Content-Length: 0\r\n"),
                post("Transfer-Encoding: Chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n",
                chunked("A\r\n0123456789\r\n0000\r\nX-Sum: 1\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refusedRequests")
    void aMessageThatCouldBeReadInTwoWaysIsRefused(String request, HttpFlaw flaw) {
        assertThat(read(request, request.length()).flaws()).containsExactly(flaw);
        assertThat(read(request, 1).flaws()).containsExactly(flaw);
    }

    @ParameterizedTest
    @MethodSource("takenRequests")
    void aWellFormedMessagePassesByteForByte(String request) {
        for (int piece : new int[] {1, 2, 7, request.length()}) {
            Seen seen = read(request, piece);
            assertThat(seen.flaws()).isEmpty();
            assertThat(seen.passed()).isEqualTo(request.startsWith("\r\n") ? request.substring(2) : request);
        }
    }

    @Test
    void theNextRequestWaitsForItsTurn() {
        // Given
        var strict = StrictHttp.forRequests(LIMITS);
        var channel = new EmbeddedChannel(strict);
        String first = post("Content-Length: 1\r\n") + "a";
        String second = "GET /2 HTTP/1.1\r\n" + HOST + "\r\n";
        // When
        write(channel, first + second);
        // Then
        assertThat(passed(channel)).isEqualTo(first);
        strict.next("");
        assertThat(passed(channel)).isEqualTo(second);
        channel.finishAndReleaseAll();
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", true),
                Arguments.of("GET", "HTTP/1.0 200\r\n\r\nuntil the end", true),
                Arguments.of("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\r\n\r\n", true),
                Arguments.of("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", true),
                Arguments.of("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", false),
                Arguments.of("GET", "HTTP/1.1 304 Not\r\nContent-Length: 2\r\n\r\nab", false),
                Arguments.of("GET", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabHTTP/1.1 200 OK\r\n\r\n", false),
                Arguments.of(
                        "GET", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", false),
                Arguments.of("GET", "HTTP/1.1 2000 OK\r\n\r\n", false),
                Arguments.of("GET", "HTTP/1.1 99 OK\r\n\r\n", false),
                Arguments.of("GET", "HTTP/1.1 200 OK\r\n folded\r\n\r\n", false),
                Arguments.of("GET", "ICY 200 OK\r\n\r\n", false));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void anAnswerMustBeAskedForAndEndWhereItSays(String method, String answer, boolean taken) {
        var strict = StrictHttp.forResponses(LIMITS);
        var seen = new Watcher();
        var channel = new EmbeddedChannel(strict, seen);
        strict.next(method);
        write(channel, answer);
        assertThat(seen.flaws.isEmpty()).isEqualTo(taken);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsSaidUnaskedIsRefused() {
        var seen = new Watcher();
        var channel = new EmbeddedChannel(StrictHttp.forResponses(LIMITS), seen);
        write(channel, "HTTP/1.1 200 OK\r\n\r\n");
        assertThat(seen.flaws).containsExactly(HttpFlaw.UNASKED);
        channel.finishAndReleaseAll();
    }

    /** Law: how the network cuts the bytes changes nothing; and what passes is what Netty's decoder understands without failure. */
    @Test
    void theVerdictDoesNotDependOnHowBytesArrive() {
        var random = new Random(7);
        List<String> seeds = Stream.concat(takenRequests(), refusedRequests().map(a -> (String) a.get()[0]))
                .toList();
        for (int round = 0; round < 4_000; round++) {
            String mutated = mutate(seeds.get(random.nextInt(seeds.size())), random);
            Seen whole = read(mutated, mutated.length());
            Seen cut = read(mutated, 1 + random.nextInt(9));
            assertThat(cut).as(mutated).isEqualTo(whole);
            if (whole.flaws().isEmpty()) {
                assertThat(nettyFails(whole.passed())).as(mutated).isFalse();
            }
        }
    }

    private static boolean nettyFails(String bytes) {
        var netty = new EmbeddedChannel(new ServerCodec(LIMITS));
        write(netty, bytes);
        boolean failed = netty.inboundMessages().stream()
                .anyMatch(m -> m instanceof io.netty.handler.codec.http.HttpObject object
                        && object.decoderResult().isFailure());
        netty.finishAndReleaseAll();
        return failed;
    }

    private static String mutate(String text, Random random) {
        var changed = new StringBuilder(text);
        String spice = "\r\n\t :;,0Aa\0\u007f/";
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(changed.length());
            char with = spice.charAt(random.nextInt(spice.length()));
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, with);
                case 1 -> changed.insert(at, with);
                default -> changed.deleteCharAt(at);
            }
        }
        return changed.append(' ').toString().stripTrailing();
    }

    private record Seen(String passed, List<HttpFlaw> flaws) {}

    private static Seen read(String bytes, int piece) {
        var seen = new Watcher();
        var channel = new EmbeddedChannel(StrictHttp.forRequests(LIMITS), seen);
        for (int at = 0; at < bytes.length(); at += piece) {
            write(channel, bytes.substring(at, Math.min(bytes.length(), at + piece)));
        }
        String passed = passed(channel);
        channel.finishAndReleaseAll();
        return new Seen(seen.flaws.isEmpty() ? passed : "", seen.flaws);
    }

    private static void write(EmbeddedChannel channel, String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String passed(EmbeddedChannel channel) {
        var text = new StringBuilder();
        for (io.netty.buffer.ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            text.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return text.toString();
    }

    private static Arguments bad(String request, HttpFlaw flaw) {
        return Arguments.of(request, flaw);
    }

    private static String post(String fields) {
        return "POST / HTTP/1.1\r\n" + HOST + fields + "\r\n";
    }

    private static String chunked(String body) {
        return post("Transfer-Encoding: chunked\r\n") + body;
    }

    private static final class Watcher extends io.netty.channel.ChannelInboundHandlerAdapter {
        private final List<HttpFlaw> flaws = new ArrayList<>();

        @Override
        public void userEventTriggered(io.netty.channel.ChannelHandlerContext ctx, Object event) {
            if (event instanceof StrictHttp.Flawed flawed) {
                flaws.add(flawed.flaw());
            }
        }
    }
}
