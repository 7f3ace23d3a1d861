package io.tombolo.dataplane.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.tombolo.model.outcome.OutcomeHeader;
import io.tombolo.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the other end of a framed TCP stream sends: the same data and events, however it is cut, and none behind the end. */
class TcpFramesFuzzTest {
    @Test
    void framesAreReadUpToTheEndOrTheFirstThingThatIsNone() {
        Fuzz.of(TcpFramesFuzzTest.class, "tcp-frames")
                .spicedWith(
                        "TMBT\\x01",
                        "\\x01\\x00\\x02ab",
                        "\\x02\\x00\\x00",
                        "\\x03\\x00\\x00",
                        "\\x04\\x00\\x05v=1;b",
                        "\\x01\\x00\\x00")
                .rounds(5_000, input -> {
                    String seen = read(input.cut(), true);
                    assertThat(seen).isEqualTo(read(List.of(input.bytes()), true));
                    assertThat(seen).isEqualTo(plainly(input.text()));
                    assertThat(read(input.cut(), false))
                            .as("held back until it may flow")
                            .isEqualTo(seen);
                });
    }

    /** Data as it is, events in angle brackets, {@code <closed>} when the connection was. */
    private static String read(List<byte[]> pieces, boolean flowing) {
        var seen = new StringBuilder();
        var frames = new TcpFrames(flowing);
        var channel = new EmbeddedChannel(frames, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                seen.append(((ByteBuf) message).toString(StandardCharsets.ISO_8859_1));
                ((ByteBuf) message).release();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                seen.append(shown(event));
            }
        });
        for (byte[] piece : pieces) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.wrappedBuffer(piece));
            }
        }
        frames.flow();
        seen.append(channel.isOpen() ? "" : "<closed>");
        channel.finishAndReleaseAll();
        return seen.toString();
    }

    private static String shown(Object event) {
        return switch (event) {
            case TcpFrames.Opened opened -> "<opened>";
            case TcpFrames.Refused(OutcomeHeader outcome) -> "<refused " + outcome.text() + ">";
            case ChannelInputShutdownEvent end -> "<end>";
            default -> "<" + event + ">";
        };
    }

    /** The same once more, over the whole of it. */
    private static String plainly(String bytes) {
        var seen = new StringBuilder();
        if (bytes.length() < 5) {
            return "";
        }
        if (!bytes.startsWith("TMBT\u0001")) {
            return "<closed>";
        }
        for (int at = 5; at + 3 <= bytes.length(); ) {
            int length = bytes.charAt(at + 1) * 256 + bytes.charAt(at + 2);
            if (at + 3 + length > bytes.length()) {
                boolean data = bytes.charAt(at) == 1; // which goes on as it comes
                return seen + (data ? bytes.substring(at + 3) : "");
            }
            String payload = bytes.substring(at + 3, at + 3 + length);
            switch (bytes.charAt(at)) {
                case 1 -> seen.append(payload);
                case 3 -> seen.append("<opened>");
                case 2 -> {
                    return seen + "<end>";
                }
                case 4 -> {
                    var outcome = OutcomeHeader.parse(ascii(payload));
                    if (outcome.isEmpty()) {
                        return seen + "<closed>";
                    }
                    seen.append("<refused ").append(outcome.get().text()).append('>');
                }
                default -> {
                    return seen + "<closed>";
                }
            }
            at += 3 + length;
        }
        return seen.toString();
    }

    private static String ascii(String payload) {
        return new String(payload.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.US_ASCII);
    }
}
