package io.tombolo.controller.kube;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.util.function.LongSupplier;

/** How many changes the API server is asked for in a second, by all that share this. Safe on any thread. */
final class ApiWrites {
    private final WriteLimit limit;
    private final LongSupplier nanos;
    private final Counter asked;
    private final Counter later;

    /**
     * @param metric    counts what was asked for ({@code result="written"}) and, each time that it is looked at, what had to wait
     *                  ({@code result="later"})
     * @param perSecond and twice as many at once
     * @param nanos     monotonic time
     */
    ApiWrites(String metric, int perSecond, LongSupplier nanos) {
        this.limit = new WriteLimit(perSecond, nanos.getAsLong());
        this.nanos = nanos;
        this.asked = Metrics.counter(metric, "result", "written");
        this.later = Metrics.counter(metric, "result", "later");
    }

    /** @return whether one more may be asked for now */
    synchronized boolean takes() {
        boolean takes = limit.takes(nanos.getAsLong());
        (takes ? asked : later).increment();
        return takes;
    }

    long nowNanos() {
        return nanos.getAsLong();
    }
}
