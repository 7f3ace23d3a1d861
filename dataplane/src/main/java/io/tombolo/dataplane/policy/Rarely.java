package io.tombolo.dataplane.policy;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one through in a while, and counts what it held back: for lines that a stranger could cause without end. Any thread. */
public final class Rarely {
    private final long everyNanos;
    private final AtomicLong next;
    private final AtomicLong heldBack = new AtomicLong();

    /** @param nowNanos of a monotonic clock; the first one is let through */
    public Rarely(long everyNanos, long nowNanos) {
        this.everyNanos = everyNanos;
        this.next = new AtomicLong(nowNanos);
    }

    /** @return how many were held back before this one; negative = this one is held back too */
    public long ask(long nowNanos) {
        long due = next.get();
        if (nowNanos - due < 0 || !next.compareAndSet(due, nowNanos + everyNanos)) {
            heldBack.incrementAndGet();
            return -1;
        }
        return heldBack.getAndSet(0);
    }
}
