package io.tombolo.controller.kube;

import java.util.concurrent.TimeUnit;

/** How much may be written: so many in each second, and what two seconds allow at once. The monotonic time is handed in. */
final class WriteLimit {
    private static final int SECONDS_AT_ONCE = 2;

    private final int perSecond;
    private double left;
    private long lookedNanos;

    WriteLimit(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.left = (double) perSecond * SECONDS_AT_ONCE;
        this.lookedNanos = nowNanos;
    }

    /** @return whether one more may be written now */
    boolean takes(long nowNanos) {
        double gained = (double) perSecond * (nowNanos - lookedNanos) / TimeUnit.SECONDS.toNanos(1);
        left = Math.min((double) perSecond * SECONDS_AT_ONCE, left + gained);
        lookedNanos = nowNanos;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
