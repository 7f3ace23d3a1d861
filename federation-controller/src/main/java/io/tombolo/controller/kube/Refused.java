package io.tombolo.controller.kube;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What the API server refused: it is asked again after half a minute, then after twice as long, and so on up to five minutes, so that
 * it does not keep others back. The monotonic time is handed in. One thread's own.
 */
final class Refused<T> {
    private static final long FIRST_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

    private final Map<T, Wait> waits = new HashMap<>();

    private record Wait(long sinceNanos, long nanos) {}

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
        waits.put(what, new Wait(nowNanos, before == null ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * before.nanos())));
    }

    void over(T what) {
        waits.remove(what);
    }

    /** Of the others nothing is to be known any more. */
    void keepOnly(Collection<T> those) {
        waits.keySet().retainAll(those);
    }
}
