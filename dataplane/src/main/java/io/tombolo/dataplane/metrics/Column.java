package io.tombolo.dataplane.metrics;

import java.util.List;

/** One of the numbers that each row of {@link Rows} has. */
public sealed interface Column {
    /** As in {@code docs/metrics.md}. */
    String name();

    String help();

    /** Only grows; its name ends in {@code _total}. */
    record Total(String name, String help) implements Column {}

    /** Rises and falls. */
    record Level(String name, String help) implements Column {}

    /**
     * How observed times are spread over buckets; its name ends in {@code _seconds}.
     * @param boundsNanos upper ends of the buckets, inclusive, rising; above the last is one more
     */
    record Spread(String name, String help, List<Long> boundsNanos) implements Column {
        public Spread {
            boundsNanos = List.copyOf(boundsNanos);
        }
    }

    /** How many cells it takes: the buckets, the one above them, and the sum. */
    default int width() {
        return this instanceof Spread spread ? spread.boundsNanos().size() + 2 : 1;
    }
}
