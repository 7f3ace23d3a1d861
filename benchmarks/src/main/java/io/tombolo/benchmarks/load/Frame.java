package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** The one message there is. */
final class Frame {
    /** Length of every request. */
    static final int REQUEST_BYTES = 64;

    /** Longest answer. */
    static final int MAX_ANSWER_BYTES = 16 * 1_024 * 1_024;

    private Frame() {}

    /** A request for {@code answerBytes}; write a duplicate of it. */
    static ByteBuf request(int answerBytes) {
        ByteBuffer request = ByteBuffer.allocateDirect(REQUEST_BYTES);
        request.putInt(0, answerBytes);
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(request));
    }
}
