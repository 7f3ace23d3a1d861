package io.tombolo.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final Network network = new Network();
    private final EmbeddedChannel channel = new EmbeddedChannel(network, new Gathering());

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void smallPiecesGoOutAsOneInTheirOrder() {
        // When
        channel.write(piece("head"));
        channel.write(piece("er, "));
        channel.writeAndFlush(piece("body"));
        // Then
        assertThat(sent()).isEqualTo("header, body");
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
    }

    @Test
    void aLargePieceIsNotCopiedAndOvertakesNothing() {
        // Given
        ByteBuf large = Unpooled.directBuffer(2_000).writeZero(2_000);
        // When
        channel.write(piece("before"));
        channel.write(large);
        channel.writeAndFlush(piece("behind"));
        // Then
        assertThat(sent()).isEqualTo("before");
        assertThat(channel.<ByteBuf>readOutbound()).isSameAs(large);
        assertThat(sent()).isEqualTo("behind");
        large.release();
    }

    @Test
    void aPieceCountsAsWrittenOnlyWhenTheNetworkHasIt() {
        // Given
        network.isFull = true;
        ChannelFuture first = channel.write(piece("a"));
        channel.write(piece("b"));
        channel.flush();
        boolean beforeThat = first.isDone();
        // When
        network.takesAll();
        // Then
        assertThat(beforeThat).isFalse();
        assertThat(first.isSuccess()).isTrue();
    }

    @Test
    void aFailedWriteFailsEveryPieceOfIt() {
        // Given
        network.isFull = true;
        ChannelFuture first = channel.write(piece("a"));
        ChannelFuture second = channel.write(piece("b"));
        channel.flush();
        // When
        network.breaks(new IllegalStateException("cut"));
        // Then
        assertThat(first.cause()).hasMessage("cut");
        assertThat(second.cause()).hasMessage("cut");
    }

    @Test
    void whatWaitsDoesNotGrowBeyondItsBound() {
        // When
        for (int i = 0; i < 20; i++) {
            channel.write(Unpooled.buffer(1_000).writeZero(1_000));
        }
        // Then
        assertThat(network.bytes).isGreaterThan(20_000 - 8_192);
    }

    @Test
    void theLastWordGetsOutBeforeTheEnd() {
        // Given
        channel.write(piece("GOAWAY"));
        // When
        channel.close();
        // Then
        assertThat(sent()).isEqualTo("GOAWAY");
    }

    @Test
    void aFlushWithNothingToFlushGoesNoFurther() {
        // Given
        channel.writeAndFlush(piece("a"));
        int flushes = network.flushes;
        // When
        channel.flush();
        // Then
        assertThat(network.flushes).isEqualTo(flushes);
        assertThat(sent()).isEqualTo("a");
    }

    private static ByteBuf piece(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private String sent() {
        ByteBuf bytes = channel.readOutbound();
        String text = bytes.toString(StandardCharsets.US_ASCII);
        bytes.release();
        return text;
    }

    /** What is written to; may be full. */
    private static final class Network extends ChannelOutboundHandlerAdapter {
        private boolean isFull;
        private int flushes;
        private int bytes;
        private @Nullable ByteBuf held;
        private @Nullable ChannelPromise waiting;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            bytes += ((ByteBuf) message).readableBytes();
            if (isFull) {
                held = (ByteBuf) message;
                waiting = promise;
            } else {
                ctx.write(message, promise);
            }
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushes++;
            ctx.flush();
        }

        void takesAll() {
            if (held != null && waiting != null) {
                held.release();
                waiting.setSuccess();
            }
        }

        void breaks(Throwable cause) {
            if (held != null && waiting != null) {
                held.release();
                waiting.setFailure(cause);
            }
        }
    }
}
