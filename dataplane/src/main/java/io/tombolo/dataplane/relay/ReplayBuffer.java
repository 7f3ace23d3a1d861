package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was read of a request's body, kept for a retry while it is small. On one loop. */
final class ReplayBuffer {
    /** Larger bodies are sent once. */
    static final int MAX_BYTES = 64 * 1_024;

    private final Deque<HttpContent> kept = new ArrayDeque<>();
    private int bytes;
    private boolean complete = true;

    /** Keeps a part; takes over one reference. */
    void keep(HttpContent content) {
        kept.addLast(content);
        bytes += content.content().readableBytes();
    }

    /** Whether no more fits. */
    boolean isFull() {
        return bytes >= MAX_BYTES;
    }

    /** Whether everything that was read is still here. */
    boolean isComplete() {
        return complete;
    }

    /** Hands out everything once more, from the beginning. */
    void replay(Consumer<HttpContent> to) {
        kept.forEach(content -> to.accept(content.retainedDuplicate()));
    }

    /** There will be no replay. Safe to call again. */
    void giveUp() {
        complete = false;
        release();
    }

    /** Releases what is kept. */
    void release() {
        while (!kept.isEmpty()) {
            kept.removeFirst().release();
        }
        bytes = 0;
    }
}
