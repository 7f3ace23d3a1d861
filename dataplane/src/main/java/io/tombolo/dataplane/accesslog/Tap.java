package io.tombolo.dataplane.accesslog;

import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody who looks at what ends, as it ends. Entries come from any thread and never wait; one thread takes lines. */
public final class Tap implements AutoCloseable {
    private static final int MOST_WAITING = 1_024;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Taps taps;
    private final TapFilter filter;
    private final BlockingQueue<Access> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong missed = new AtomicLong();
    private boolean began;
    private long windowBegan;
    private int taken;

    Tap(Taps taps, TapFilter filter) {
        this.taps = taps;
        this.filter = filter;
    }

    void offer(Access access) {
        if (filter.takes(access) && !waiting.offer(access)) {
            missed.incrementAndGet();
            taps.missed(1);
        }
    }

    /**
     * What came since the last time, as lines of the access log without queries, as many as the rate allows; and how many
     * were left out, as {@code {"missed":n}}.
     * @param nowNanos monotonic
     * @return empty text if there is nothing
     */
    public String take(long nowNanos) {
        if (!began || nowNanos - windowBegan >= WINDOW_NANOS) {
            began = true;
            windowBegan = nowNanos;
            taken = 0;
        }
        var all = new ArrayList<Access>();
        waiting.drainTo(all);
        int allowed = Math.min(all.size(), filter.rate() - taken);
        taken += allowed;
        var text = new StringBuilder();
        all.subList(0, allowed).forEach(access -> AccessLine.append(text, access, false));
        int over = all.size() - allowed;
        taps.missed(over);
        long left = missed.getAndSet(0) + over;
        if (left > 0) {
            text.append("{\"missed\":").append(left).append("}\n");
        }
        return text.toString();
    }

    /** Looks no longer. */
    @Override
    public void close() {
        taps.remove(this);
    }
}
