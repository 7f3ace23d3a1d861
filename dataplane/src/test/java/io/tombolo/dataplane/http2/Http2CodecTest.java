package io.tombolo.dataplane.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection whose other side takes nothing. */
class Http2CodecTest {
    private static final int MAX_QUEUED = 100;

    private final Full kernel = new Full();
    private final Http2Counters counters = Http2Counters.of(new Metrics());

    /** As a full kernel: what is written does not leave. */
    private static final class Full extends ChannelOutboundHandlerAdapter {
        private final List<ChannelPromise> waiting = new ArrayList<>();

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            waiting.add(promise);
        }

        void take() {
            List<ChannelPromise> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(ChannelPromise::trySuccess);
        }
    }

    private static final class Unheard extends Http2Frames {
        Unheard() {
            super(Http2Limits.DEFAULT);
        }

        @Override
        protected Http2Codec codec() {
            throw new AssertionError("there are no frames of that kind");
        }

        @Override
        protected void headers(int streamId, Http2Headers headers, boolean endStream) {
            throw new AssertionError("there are no requests");
        }
    }

    private EmbeddedChannel greeted() {
        var limits = new Http2Limits(256, 131_072, 524_288, 400, 500, MAX_QUEUED, 16, 16);
        var channel =
                new EmbeddedChannel(kernel, Http2Codec.server(HttpLimits.DEFAULT, limits, counters, new Unheard()));
        channel.writeInbound(Http2CodecUtil.connectionPrefaceBuf(), frame(Http2FrameTypes.SETTINGS, 0));
        return channel;
    }

    private static ByteBuf frame(byte type, int length) {
        return Unpooled.buffer()
                .writeMedium(length)
                .writeByte(type)
                .writeByte(0)
                .writeInt(0)
                .writeZero(length);
    }

    private static void ping(EmbeddedChannel channel, int times) {
        for (int i = 0; i < times; i++) {
            channel.writeInbound(frame(Http2FrameTypes.PING, 8));
        }
    }

    @Test
    void whoTakesNoAnswersOfPingsIsCutAtTheLimitAndCounted() {
        // Given: that its settings were heard is an answer of that kind as well
        EmbeddedChannel channel = greeted();
        ping(channel, MAX_QUEUED - 1);
        assertThat(counters.limits().of("max_queued_frames").value()).isZero();
        // When
        ping(channel, 1);
        // Then
        assertThat(counters.limits().of("max_queued_frames").value()).isEqualTo(1);
        assertThat(counters.cut().of("ENHANCE_YOUR_CALM").value()).isEqualTo(1);
        kernel.take();
        channel.finishAndReleaseAll();
    }
}
