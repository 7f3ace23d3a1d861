package io.tombolo.dataplane.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** What goes on of one service from this sidecar, all loops together. */
final class Occupancy {
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger pending = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final RetryTally retries = new RetryTally();

    /** One more, unless that is too many. */
    static boolean enter(AtomicInteger count, int most) {
        if (count.incrementAndGet() <= most) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }
}
