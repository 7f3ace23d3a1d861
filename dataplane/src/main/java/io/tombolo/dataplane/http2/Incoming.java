package io.tombolo.dataplane.http2;

import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * What one stream may still send: bytes that the other side of the walk has not taken keep their part of the window. On the
 * connection's loop.
 */
public final class Incoming {
    private final Http2Codec codec;
    private boolean held;
    private int kept;

    public Incoming(Http2Codec codec) {
        this.codec = codec;
    }

    /** Some were read and handed on; returns how many of them are done with. */
    public int read(int bytes) {
        if (held) {
            kept += bytes;
            return 0;
        }
        return bytes;
    }

    /** Whether the window is closing. */
    public boolean isHeld() {
        return held;
    }

    /** Lets the window close, or opens it again. */
    public void hold(boolean full, int streamId) {
        held = full;
        Http2Stream stream = codec.connection().stream(streamId);
        if (!full && kept > 0 && stream != null) {
            int done = kept;
            kept = 0;
            consume(stream, done);
        }
    }

    private void consume(Http2Stream stream, int bytes) {
        try {
            if (codec.connection().local().flowController().consumeBytes(stream, bytes)) {
                codec.flushSoon();
            }
        } catch (Http2Exception bug) {
            codec.cut(bug.error(), String.valueOf(bug.getMessage()));
        }
    }
}
