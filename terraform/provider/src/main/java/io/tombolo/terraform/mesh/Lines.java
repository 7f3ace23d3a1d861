package io.tombolo.terraform.mesh;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * When a request goes over a connection that is there, and when it opens another. Terraform asks for ten things at once, and a process
 * that has just started takes longer for ten TLS handshakes than for ten requests one after the other; towards an API far away it is the
 * other way round. So each request waits a moment for a connection that others use, and no longer. Safe on all threads.
 */
final class Lines {
    /** More than the first handshake and a request take on one machine. */
    private static final long PATIENCE_MILLIS = 150;

    /** One for each connection that nobody uses, and for the first one. */
    private final Semaphore idle = new Semaphore(1, true);

    /** Returns when there is one, or another is to be opened. */
    void take() {
        try {
            var _ = idle.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the request finds out by itself
        }
    }

    /** After each {@link #take()}: the JDK keeps the connection for the next. */
    void giveBack() {
        idle.release();
    }
}
