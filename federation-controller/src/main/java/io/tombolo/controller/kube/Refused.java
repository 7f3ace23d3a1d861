package io.tombolo.controller.kube;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What the API server refused: it is asked again after a while, then after twice as long, and so on up to the longest, so that it
 * does not keep others back. The monotonic time is handed in. One thread's own.
 */
final class Refused<T> {

    private final Map<T, Wait> waits = new HashMap<>();
    private final long firstNanos;
    private final long longestNanos;

    private record Wait(long sinceNanos, long nanos) {}

    /**
     * @param first   how long is waited after the first time
     * @param longest how long at most
     */
    Refused(Duration first, Duration longest) {
        this.firstNanos = first.toNanos();
        this.longestNanos = longest.toNanos();
    }

    /** Whether it is too early to ask for it again. */
    boolean waits(T what, long nowNanos) {
        Wait wait = waits.get(what);
        return wait != null && nowNanos - wait.sinceNanos() < wait.nanos();
    }

    /** Whether it was refused when it was last asked for. */
    boolean has(T what) {
        return waits.containsKey(what);
    }

    void again(T what, long nowNanos) {
        Wait before = waits.get(what);
        waits.put(what, new Wait(nowNanos, before == null ? firstNanos : Math.min(longestNanos, 2 * before.nanos())));
    }

    void over(T what) {
        waits.remove(what);
    }

    /** All of it is asked for again. */
    void forget() {
        waits.clear();
    }

    /** Of the others nothing is to be known any more. */
    void keepOnly(Collection<T> those) {
        waits.keySet().retainAll(those);
    }
}
