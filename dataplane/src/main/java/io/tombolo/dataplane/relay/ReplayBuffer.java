package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.HttpContent;
import io.tombolo.dataplane.metrics.Counter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was read of a request's body, kept for a retry while it is small. On one loop. */
final class ReplayBuffer {
    private final int maxBytes;
    private final Counter tooLarge;
    private final Deque<HttpContent> kept = new ArrayDeque<>();
    private int bytes;
    private boolean complete = true;

    /**
     * Empty.
     * @param maxBytes larger bodies are sent once
     * @param tooLarge counts when that is why one was not sent again
     */
    ReplayBuffer(int maxBytes, Counter tooLarge) {
        this.maxBytes = maxBytes;
        this.tooLarge = tooLarge;
    }

    /** Keeps a part; takes over one reference. */
    void keep(HttpContent content) {
        kept.addLast(content);
        bytes += content.content().readableBytes();
    }

    /** Whether no more fits. */
    boolean isFull() {
        return bytes >= maxBytes;
    }

    /** Whether everything that was read is still here. */
    boolean isComplete() {
        return complete;
    }

    /** The same, asked when nothing but this decides whether there is another attempt: counted if there is none. */
    boolean canReplay() {
        if (!complete) {
            tooLarge.increment();
        }
        return complete;
    }

    /** Too much for a replay: there will be none. */
    void giveUpIfFull() {
        if (isFull()) {
            giveUp();
        }
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
