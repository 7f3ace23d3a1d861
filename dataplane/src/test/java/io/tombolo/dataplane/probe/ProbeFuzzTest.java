package io.tombolo.dataplane.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tombolo.testing.Fuzz;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is said on a probe's connection: the frames before the first thing that is none, however they are cut. */
class ProbeFuzzTest {
    @Test
    void framesAreReadUpToTheFirstThingThatIsNone() {
        Fuzz.of(ProbeFuzzTest.class, "probe")
                .spicedWith("TMBP\\x01\\x01\\x00\\x00", "TMBP", "\\x02", "\\xff")
                .rounds(5_000, input -> {
                    Seen seen = read(input.cut());
                    assertThat(seen).isEqualTo(read(List.of(input.bytes())));
                    assertThat(seen).isEqualTo(plainly(input.bytes()));
                });
    }

    private record Seen(List<ProbeFrame> frames, boolean open) {}

    private static Seen read(List<byte[]> pieces) {
        var frames = new ArrayList<ProbeFrame>();
        var channel = new EmbeddedChannel(new FrameHandler() {
            @Override
            void frame(ChannelHandlerContext ctx, ProbeFrame frame) {
                frames.add(frame);
            }
        });
        for (byte[] piece : pieces) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.wrappedBuffer(piece));
            }
        }
        boolean open = channel.isOpen();
        channel.finishAndReleaseAll();
        return new Seen(List.copyOf(frames), open);
    }

    /** The same once more, over the whole of it. */
    private static Seen plainly(byte[] bytes) {
        var frames = new ArrayList<ProbeFrame>();
        for (int at = 0; at + 16 <= bytes.length; at += 16) {
            ByteBuffer frame = ByteBuffer.wrap(bytes, at, 16);
            boolean ours = frame.getInt() == 0x544d4250 && frame.get() == 1;
            int kind = frame.get();
            if (!ours || kind < 1 || kind > 2) {
                return new Seen(frames, false);
            }
            boolean draining = (frame.getShort() & 0x100) != 0;
            frames.add(new ProbeFrame(kind == 2, draining, frame.getLong()));
        }
        return new Seen(frames, true);
    }
}
