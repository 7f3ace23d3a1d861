package io.tombolo.dataplane.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Only grows. */
public final class Counter {
    private final LongAdder sum = new LongAdder();

    Counter() {}

    public void increment() {
        sum.increment();
    }

    public void add(long amount) {
        sum.add(amount);
    }

    /** What was counted so far. */
    public long value() {
        return sum.sum();
    }
}
