package io.tombolo.dataplane.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers with several labels. There are at most so many rows; what comes later counts as a row whose values are all
 * {@code other}, except the first. Rows stay until the process ends.
 */
public final class Rows {
    static final String OTHER = "other";

    private final List<String> labels;
    private final Cells.Layout layout;
    private final int most;
    private final Counter folded;
    private final Map<List<String>, Row> rows = new HashMap<>();

    /**
     * @param most   rows, those of {@code other} apart
     * @param folded counts whenever a loop is given {@code other} for something new
     */
    Rows(List<String> labels, List<Column> columns, int most, Counter folded) {
        this.labels = List.copyOf(labels);
        this.layout = Cells.Layout.of(columns);
        this.most = most;
        this.folded = folded;
    }

    /** For one loop, which alone uses it. */
    public Writer writer() {
        return new Writer();
    }

    /** The rows as one loop sees them. Not for two threads. */
    public final class Writer {
        private final Map<List<String>, Cells> own = new HashMap<>();

        private Writer() {}

        /**
         * Where to count for those values of the labels, in the order of the labels. Keep it: to look it up costs more than to
         * count.
         */
        public Cells cells(List<String> values) {
            Cells held = own.get(values);
            return held != null ? held : own.computeIfAbsent(admitted(values), Rows.this::part);
        }
    }

    private synchronized List<String> admitted(List<String> values) {
        if (rows.containsKey(values) || rows.size() < most) {
            rows.computeIfAbsent(values, this::row);
            return values;
        }
        folded.increment();
        var other = new ArrayList<>(Collections.nCopies(values.size(), OTHER));
        other.set(0, values.getFirst());
        return List.copyOf(other);
    }

    private synchronized Cells part(List<String> values) {
        return rows.computeIfAbsent(values, this::row).part(layout);
    }

    private Row row(List<String> values) {
        var text = new StringBuilder();
        for (int i = 0; i < labels.size(); i++) {
            text.append(i == 0 ? "" : ",").append(labels.get(i)).append("=\"");
            text.append(Metrics.escaped(values.get(i))).append('"');
        }
        return new Row(text.toString());
    }

    /** Appends all rows of one column. */
    void write(StringBuilder text, int column) {
        for (Row row : inOrder()) {
            int start = layout.starts()[column];
            switch (layout.columns().get(column)) {
                case Column.Total total -> line(text, total.name(), row.labels(), Long.toString(row.sum(start)));
                case Column.Level level -> line(text, level.name(), row.labels(), Long.toString(row.sum(start)));
                case Column.Spread spread -> write(text, spread, row, start);
            }
        }
    }

    private void write(StringBuilder text, Column.Spread spread, Row row, int start) {
        long count = 0;
        int bounds = spread.boundsNanos().size();
        for (int i = 0; i <= bounds; i++) {
            count += row.sum(start + i);
            String end = i == bounds ? "+Inf" : seconds(spread.boundsNanos().get(i));
            line(text, spread.name() + "_bucket", row.labels() + ",le=\"" + end + "\"", Long.toString(count));
        }
        line(text, spread.name() + "_sum", row.labels(), seconds(row.sum(start + bounds + 1)));
        line(text, spread.name() + "_count", row.labels(), Long.toString(count));
    }

    private static String seconds(long nanos) {
        return Metrics.number(nanos / 1e9);
    }

    private static void line(StringBuilder text, String name, String labels, String value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    private synchronized Collection<Row> inOrder() {
        var sorted = new TreeMap<String, Row>();
        rows.values().forEach(row -> sorted.put(row.labels(), row));
        return sorted.values();
    }
}
