package io.tombolo.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.fixture.PlainHttp;
import io.tombolo.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a stranger sends as HTTP/1.1: the verdict is the same however it is cut, what is taken is what {@link PlainHttp}
 * takes, message by message and byte by byte, and no more is held than the limits say.
 */
class HttpFuzzTest {
    private static final HttpLimits LIMITS = new HttpLimits(
            2_048,
            8,
            256,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            64 * 1_024);
    private static final String[] SPICES = {
        "\\r\\n",
        "\\n",
        "\\r",
        " ",
        "\\t",
        "\\x00",
        "\\x0b",
        ":",
        ",",
        "0\\r\\n\\r\\n",
        "1\\r\\na\\r\\n",
        "\\r\\n\\r\\n",
        "Content-Length: 1\\r\\n",
        "Content-Length: 0\\r\\n",
        "Transfer-Encoding: chunked\\r\\n",
        "Host: b\\r\\n",
        "chunked",
        "X: y\\r\\n",
        "HTTP/1.0",
        "GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
        "HTTP/1.1 100 Continue\\r\\n\\r\\n",
        "HTTP/1.1 204 No\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\n\\r\\na"
    };

    @Test
    void requestsAreTakenAsASecondReadingTakesThem() {
        Fuzz.of(HttpFuzzTest.class, "http-requests").spicedWith(SPICES).rounds(600, input -> {
            Taken taken = requests(List.of(input.bytes()), true);
            assertThat(requests(input.cut(), true)).isEqualTo(taken);
            assertThat(requests(input.cut(), false)).isEqualTo(taken);
            compare(taken, PlainHttp.requests(input.text()), false);
        });
    }

    @Test
    void answersAreTakenAsASecondReadingTakesThem() {
        Fuzz.of(HttpFuzzTest.class, "http-answers").spicedWith(SPICES).rounds(600, input -> {
            String method = input.random().nextInt(4) == 0 ? "HEAD" : "GET";
            Taken taken = answers(List.of(input.bytes()), method, true);
            assertThat(answers(input.cut(), method, true)).isEqualTo(taken);
            Taken unasked = answers(input.cut(), method, false);
            assertThat(taken.messages.subList(0, unasked.messages.size())).isEqualTo(unasked.messages);
            List<String> methods = List.of(method, method, method, method, method, method, method, method);
            PlainHttp.Reading second = PlainHttp.answers(input.text(), methods, false);
            compare(taken, second, second.whole().stream().anyMatch(m -> m.status() == 101));
        });
    }

    /** The other half of the law: what is well formed is taken, all of it. */
    @Test
    void wellFormedRequestsAreAllTaken() {
        for (int seed = 0; seed < (Boolean.getBoolean("tombolo.deep") ? 20_000 : 200); seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            List<String> wanted = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                wanted.add(wellFormed(text, random));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            Taken taken = requests(new Fuzz.Input(bytes, seed, random).cut(), true);
            assertThat(taken).as("seed %s: %s", seed, text).isEqualTo(new Taken(wanted, Optional.empty()));
        }
    }

    private static String wellFormed(StringBuilder text, Random random) {
        String method = List.of("GET", "POST", "PUT", "DELETE", "OPTIONS").get(random.nextInt(5));
        String target = List.of("/", "/a?b=c", "http://a.b:80/x", "//x", "/%00").get(random.nextInt(5));
        String body = "x\r\n0".repeat(random.nextInt(5));
        boolean chunked = random.nextBoolean();
        text.append(random.nextInt(5) == 0 ? "\r\n" : "").append(method + " " + target + " HTTP/1.1\r\nhost:a\r\n");
        text.append(random.nextBoolean() ? "X:\t\u00e9 \r\n" : "");
        if (!chunked) {
            text.append(
                    body.isEmpty() && random.nextBoolean() ? "\r\n" : "Content-Length: " + body.length() + "\r\n\r\n");
            text.append(body);
        } else {
            text.append("Transfer-Encoding: Chunked\r\n\r\n");
            for (int at = 0; at < body.length(); at += 3) {
                String part = body.substring(at, Math.min(body.length(), at + 3));
                text.append(Integer.toHexString(part.length()))
                        .append("\r\n")
                        .append(part)
                        .append("\r\n");
            }
            text.append(random.nextBoolean() ? "0\r\n\r\n" : "000\r\nX-Sum: 1\r\n\r\n");
        }
        return method + " " + target + " " + body;
    }

    private static void compare(Taken taken, PlainHttp.Reading second, boolean stops) {
        List<String> whole = second.whole().stream().map(HttpFuzzTest::summary).toList();
        assertThat(whole).as("a second reading").hasSizeGreaterThanOrEqualTo(taken.messages.size());
        assertThat(whole.subList(0, taken.messages.size())).isEqualTo(taken.messages);
        if (taken.flaw.isEmpty() && !stops) {
            assertThat(second.wrong()).isEmpty();
            assertThat(whole).hasSameSizeAs(taken.messages);
        }
    }

    private static String summary(PlainHttp.Message message) {
        boolean answer = message.line().startsWith("HTTP/");
        return (answer ? "" + message.status() : message.method() + " " + message.target()) + " " + message.body();
    }

    /** Whole messages, and what ended them. */
    private record Taken(List<String> messages, Optional<HttpFlaw> flaw) {}

    private static Taken requests(List<byte[]> pieces, boolean atOnce) {
        return take(StrictHttp.forRequests(LIMITS), new ServerCodec(LIMITS), "", pieces, atOnce);
    }

    private static Taken answers(List<byte[]> pieces, String method, boolean atOnce) {
        var codec = new ClientCodec(LIMITS);
        codec.asking(method);
        var strict = StrictHttp.forResponses(LIMITS);
        strict.next(method);
        return take(strict, codec, method, pieces, atOnce);
    }

    /** @param atOnce whether the next message is asked for while the last one is still being told, or after the read */
    private static Taken take(
            StrictHttp strict, ChannelHandler codec, String method, List<byte[]> pieces, boolean atOnce) {
        var collector = new Collector(strict, method, atOnce);
        var passed = new Passed();
        var channel = new EmbeddedChannel(strict, passed, codec, collector);
        int written = 0;
        for (byte[] piece : pieces) {
            written += piece.length;
            channel.writeInbound(Unpooled.wrappedBuffer(piece));
            collector.afterRead();
            int most = LIMITS.maxHeadBytes() + LIMITS.maxTrailerBytes() + piece.length;
            assertThat(collector.isOver() ? 0 : written - passed.bytes)
                    .as("bytes held")
                    .isLessThanOrEqualTo(most);
        }
        var taken =
                new Taken(List.copyOf(collector.messages), collector.flaw); // before the end completes what runs to it
        channel.finishAndReleaseAll();
        return taken;
    }

    /** Counts what the strict check lets through. */
    private static final class Passed extends ChannelDuplexHandler {
        private int bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            bytes += ((io.netty.buffer.ByteBuf) message).readableBytes();
            ctx.fireChannelRead(message);
        }
    }

    private static final class Collector extends ChannelInboundHandlerAdapter {
        private final StrictHttp strict;
        private final String method;
        private final boolean atOnce;
        private final List<String> messages = new ArrayList<>();
        private Optional<HttpFlaw> flaw = Optional.empty();
        private final StringBuilder current = new StringBuilder();
        private boolean waiting;

        Collector(StrictHttp strict, String method, boolean atOnce) {
            this.strict = strict;
            this.method = method;
            this.atOnce = atOnce;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            assertThat(((HttpObject) message).decoderResult().isSuccess())
                    .as("what passes is understood")
                    .isTrue();
            switch (message) {
                case HttpRequest request -> begin(request.method() + " " + request.uri());
                case HttpResponse response -> begin("" + response.status().code());
                default -> {
                    // a part of the body
                }
            }
            if (message instanceof HttpContent content) {
                current.append(content.content().toString(StandardCharsets.ISO_8859_1));
            }
            boolean last = message instanceof LastHttpContent;
            ReferenceCountUtil.release(message);
            if (last) {
                messages.add(current.toString());
                waiting = true;
                if (atOnce) {
                    afterRead();
                }
            }
        }

        private void begin(String line) {
            current.setLength(0);
            current.append(line).append(' ');
        }

        /** Nothing more is read: a flaw, or the connection is to be somebody else's after 101. */
        boolean isOver() {
            return flaw.isPresent() || messages.stream().anyMatch(m -> m.startsWith("101 "));
        }

        void afterRead() {
            while (waiting) {
                waiting = false;
                strict.next(method);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof StrictHttp.Flawed flawed) {
                flaw = Optional.of(flawed.flaw());
            }
        }
    }
}
