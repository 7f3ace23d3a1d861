package io.tombolo.dataplane.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tombolo.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever comes first on a connection that is to be handed over: one message and what is behind it, or one reason. */
class HandoverFuzzTest {
    @Test
    void oneMessageIsReadAndWhatIsBehindItGoesOnHoweverItIsCut() {
        Fuzz.of(HandoverFuzzTest.class, "handover")
                .spicedWith("TMBD\\x01\\x01", "\\x00\\x02", "\\x02", "\\x00\\x00", "\\xff\\xff")
                .rounds(5_000, input -> {
                    String seen = read(input.cut());
                    assertThat(seen).isEqualTo(read(List.of(input.bytes())));
                    assertThat(seen).isEqualTo(plainly(input.text()));
                });
    }

    @Test
    void whatComesBeforeItsTimeIsNotWaitedFor() {
        // Given
        var seen = new StringBuilder();
        var reader = reader(seen);
        var channel = new EmbeddedChannel(reader);
        // When
        channel.writeInbound(bytes("T"));
        reader.await(Duration.ofSeconds(5));
        // Then
        assertThat(seen).hasToString("<MALFORMED>");
        channel.finishAndReleaseAll();
    }

    @Test
    void whoIsSilentIsNotWaitedForForEver() {
        // Given
        var seen = new StringBuilder();
        var reader = reader(seen);
        var channel = new EmbeddedChannel(reader);
        reader.await(Duration.ofSeconds(5));
        // When
        channel.advanceTimeBy(5_001, java.util.concurrent.TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        // Then
        assertThat(seen).hasToString("<LATE>");
        channel.finishAndReleaseAll();
        assertThat(seen).hasToString("<LATE>");
    }

    private static HandoverReader reader(StringBuilder seen) {
        return new HandoverReader(
                Handover.CHALLENGE,
                message -> seen.append('[')
                        .append(new String(message, StandardCharsets.ISO_8859_1))
                        .append(']'),
                why -> seen.append('<').append(why).append('>'));
    }

    private static String read(List<byte[]> pieces) {
        var seen = new StringBuilder();
        var reader = reader(seen);
        var channel = new EmbeddedChannel(reader, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                seen.append(((ByteBuf) message).toString(StandardCharsets.ISO_8859_1));
                ((ByteBuf) message).release();
            }
        });
        reader.await(Duration.ofSeconds(5));
        for (byte[] piece : pieces) {
            if (seen.indexOf("<") != 0) { // whoever heard a reason reads no further
                channel.writeInbound(Unpooled.wrappedBuffer(piece));
            }
        }
        channel.finishAndReleaseAll();
        return seen.toString();
    }

    /** The same once more, over the whole of it. */
    private static String plainly(String bytes) {
        if (bytes.length() < 8) {
            return "<CUT>";
        }
        int length = bytes.charAt(6) * 256 + bytes.charAt(7);
        if (!bytes.startsWith("TMBD\u0001\u0001") || length > 16_384) {
            return "<MALFORMED>";
        }
        if (bytes.length() < 8 + length) {
            return "<CUT>";
        }
        return "[" + bytes.substring(8, 8 + length) + "]" + bytes.substring(8 + length);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
