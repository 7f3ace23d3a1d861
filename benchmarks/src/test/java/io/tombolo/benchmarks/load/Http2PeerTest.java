package io.tombolo.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Http2PeerTest {
    private final List<String> seen = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new Http2Peer() {
        @Override
        void headers(ChannelHandlerContext ctx, int stream, ByteBuf frames, int at, boolean end) {
            seen.add("headers " + stream + (end ? " end" : ""));
        }

        @Override
        void data(ChannelHandlerContext ctx, int stream, int length, boolean end) {
            seen.add("data " + stream + " " + length + (end ? " end" : ""));
        }

        @Override
        void cut(ChannelHandlerContext ctx, String what) {
            seen.add(what);
        }
    });

    @Test
    void framesThatArriveByteByByteAreSeenWhole() {
        // Given
        ByteBuf answers = Unpooled.buffer();
        Http2Message.answer(Wire.GRPC).write(answers, 1, true);
        Http2Message.answer(Wire.HTTP2).write(answers, 3, true);
        // When
        while (answers.isReadable()) {
            channel.writeInbound(Unpooled.buffer(1).writeByte(answers.readByte()));
        }
        // Then
        assertThat(seen).containsExactly("headers 1", "data 1 64", "headers 1 end", "headers 3", "data 3 64 end");
        channel.finishAndReleaseAll();
    }

    @Test
    void pingsAndSettingsAreAcknowledged() {
        // Given
        ByteBuf frames = Unpooled.buffer();
        Http2Message.frame(frames, 0, 4, 0, 0);
        Http2Message.frame(frames, 8, 6, 0, 0);
        frames.writeLong(42);
        // When
        channel.writeInbound(frames);
        // Then
        ByteBuf settings = channel.readOutbound();
        ByteBuf ping = channel.readOutbound();
        assertThat(settings.getByte(4)).isEqualTo((byte) 1);
        assertThat(ping.getByte(4)).isEqualTo((byte) 1);
        assertThat(ping.getLong(9)).isEqualTo(42);
        settings.release();
        ping.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void aStreamThatIsTakenBackIsTold() {
        // Given
        ByteBuf frames = Unpooled.buffer();
        Http2Message.frame(frames, 4, 3, 0, 5);
        frames.writeInt(8);
        // When
        channel.writeInbound(frames);
        // Then
        assertThat(seen).containsExactly("stream reset, error 8");
        channel.finishAndReleaseAll();
    }
}
