package io.tombolo.dataplane.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpFramesTest {
    private static final byte[] PREFACE = {'T', 'M', 'B', 'T', 1};
    private static final int DATA = 1;
    private static final int END = 2;
    private static final int OPENED = 3;

    private final List<Object> events = new ArrayList<>();
    private final TcpFrames frames = new TcpFrames(true);
    private final EmbeddedChannel channel = with(frames);

    private EmbeddedChannel with(TcpFrames its) {
        return new EmbeddedChannel(its, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }
        });
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void dataGoesOnAsItComesThoughItsFrameIsNotComplete() {
        // Given
        channel.writeInbound(preface(), frame(OPENED, ""));
        // When
        channel.writeInbound(Unpooled.buffer().writeByte(DATA).writeShort(10).writeBytes(bytes("half ")));
        // Then
        assertThat(read(channel)).isEqualTo("half ");
        // When
        channel.writeInbound(bytes("rest."), frame(END, ""));
        // Then
        assertThat(read(channel)).isEqualTo("rest.");
        assertThat(events).containsExactly(new TcpFrames.Opened(), ChannelInputShutdownEvent.INSTANCE);
    }

    @Test
    void aStreamThatComesByteByByteIsTheSame() {
        // Given
        ByteBuf all = Unpooled.wrappedBuffer(
                preface(), frame(OPENED, ""), frame(DATA, "one "), frame(DATA, "two"), frame(END, ""));
        // When
        while (all.isReadable()) {
            channel.writeInbound(Unpooled.buffer(1).writeByte(all.readByte()));
        }
        // Then
        assertThat(read(channel)).isEqualTo("one two");
        assertThat(events).containsExactly(new TcpFrames.Opened(), ChannelInputShutdownEvent.INSTANCE);
        all.release();
    }

    @Test
    void framesBehindDataInOneReadAreNotTakenForData() {
        // When
        channel.writeInbound(Unpooled.wrappedBuffer(
                preface(), frame(OPENED, ""), frame(DATA, "a"), frame(DATA, "b"), frame(END, ""), bytes("never")));
        // Then
        assertThat(read(channel)).isEqualTo("ab");
    }

    @Test
    void dataIsKeptBackUntilItMayFlow() {
        // Given
        var held = new TcpFrames(false);
        EmbeddedChannel destination = with(held);
        destination.writeInbound(preface(), frame(DATA, "early"));
        String before = read(destination);
        // When
        held.open();
        // Then
        assertThat(before).isEmpty();
        assertThat(read(destination)).isEqualTo("early");
        destination.finishAndReleaseAll();
    }

    @Test
    void anEndInTheMiddleOfAFrameBreaksTheConnection() {
        // Given
        channel.writeInbound(preface(), frame(OPENED, ""));
        channel.writeInbound(Unpooled.buffer().writeByte(DATA).writeShort(10).writeBytes(bytes("half")));
        // When
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        // Then
        assertThat(channel.isOpen()).isFalse();
        assertThat(events).containsExactly(new TcpFrames.Opened());
    }

    private static ByteBuf preface() {
        return Unpooled.wrappedBuffer(PREFACE);
    }

    private static ByteBuf frame(int type, String payload) {
        return Unpooled.buffer().writeByte(type).writeShort(payload.length()).writeBytes(bytes(payload));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static String read(EmbeddedChannel from) {
        var text = new StringBuilder();
        for (ByteBuf bytes = from.readInbound(); bytes != null; bytes = from.readInbound()) {
            text.append(bytes.toString(StandardCharsets.US_ASCII));
            bytes.release();
        }
        return text.toString();
    }
}
