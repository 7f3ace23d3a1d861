package io.tombolo.dataplane.accesslog;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** So many a second, all of them at once if need be. Any thread, nobody waits. */
final class Ration {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long eachNanos;

    /** When the next one would be due if they were spread evenly. */
    private final AtomicLong due;

    Ration(int perSecond, long nowNanos) {
        this.eachNanos = SECOND / perSecond;
        this.due = new AtomicLong(nowNanos);
    }

    /** @return whether there was one left */
    boolean take(long nowNanos) {
        while (true) {
            long seen = due.get();
            long from = seen - nowNanos > 0 ? seen : nowNanos;
            if (from - nowNanos > SECOND - eachNanos) {
                return false;
            }
            if (due.compareAndSet(seen, from + eachNanos)) {
                return true;
            }
        }
    }
}
