package io.tombolo.dataplane.metrics;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The numbers of one row as one loop counts them. Only that loop writes, so that nothing contends and a count costs one
 * addition; whoever reads sees each number whole, and maybe a moment old.
 */
public final class Cells {
    private final Layout layout;
    private final AtomicLongArray values;

    Cells(Layout layout) {
        this.layout = layout;
        this.values = new AtomicLongArray(layout.width());
    }

    /** Where each column begins. */
    record Layout(List<Column> columns, int[] starts, long[][] bounds, int width) {
        static Layout of(List<Column> columns) {
            var starts = new int[columns.size()];
            var bounds = new long[columns.size()][];
            int width = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = width;
                width += columns.get(i).width();
                bounds[i] = columns.get(i) instanceof Column.Spread spread
                        ? spread.boundsNanos().stream()
                                .mapToLong(Long::longValue)
                                .toArray()
                        : new long[0];
            }
            return new Layout(List.copyOf(columns), starts, bounds, width);
        }
    }

    /** Adds to a total or a level. */
    public void add(int column, long amount) {
        plus(layout.starts[column], amount);
    }

    /** Puts a time into its bucket. */
    public void observe(int column, long nanos) {
        long[] bounds = layout.bounds[column];
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        int start = layout.starts[column];
        plus(start + bucket, 1);
        plus(start + bounds.length + 1, nanos);
    }

    private void plus(int cell, long amount) {
        values.setOpaque(cell, values.getPlain(cell) + amount);
    }

    /** Any thread. */
    long read(int cell) {
        return values.getOpaque(cell);
    }
}
