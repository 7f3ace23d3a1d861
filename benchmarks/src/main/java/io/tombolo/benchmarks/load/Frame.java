package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The one message there is. */
final class Frame {
    /** Length of every request. */
    static final int REQUEST_BYTES = 64;

    /** Longest answer. */
    static final int MAX_ANSWER_BYTES = 16 * 1_024 * 1_024;

    private Frame() {}

    /** A request for {@code answerBytes}; write a duplicate of it. */
    static ByteBuf request(int answerBytes) {
        ByteBuf request = Unpooled.directBuffer(REQUEST_BYTES, REQUEST_BYTES);
        request.writeInt(answerBytes).writeZero(REQUEST_BYTES - Integer.BYTES);
        return Unpooled.unreleasableBuffer(request);
    }
}
