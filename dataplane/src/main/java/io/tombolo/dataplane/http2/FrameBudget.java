package io.tombolo.dataplane.http2;

import java.util.concurrent.TimeUnit;

/** Frames that move nothing and still cost us: so many a second, and four seconds' worth at once. Time is handed in. */
final class FrameBudget {
    private static final int BURST_SECONDS = 4;
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private double left;
    private long lastNanos;

    FrameBudget(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.left = (double) perSecond * BURST_SECONDS;
        this.lastNanos = nowNanos;
    }

    /** Takes one; false if there is none left. */
    boolean take(long nowNanos) {
        double earned = (nowNanos - lastNanos) / NANOS_A_SECOND * perSecond;
        left = Math.min((double) perSecond * BURST_SECONDS, left + earned);
        lastNanos = nowNanos;
        if (left < 1) {
            return false;
        }
        left -= 1;
        return true;
    }
}
