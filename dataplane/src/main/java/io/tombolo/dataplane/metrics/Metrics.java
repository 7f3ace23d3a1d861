package io.tombolo.dataplane.metrics;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.setting.Setting;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/** The numbers of one proxy, by name. Asking twice for a name gives the same counter. */
public final class Metrics {
    /** What {@code metrics.max-series} is by default. */
    public static final int MAX_SERIES = 1_000;

    private final SortedMap<String, Family> families = new ConcurrentSkipListMap<>();
    private final int maxSeries;

    public Metrics() {
        this(MAX_SERIES);
    }

    /** @param maxSeries most rows that the numbers with several labels may have each, 16 to 100000 */
    public Metrics(int maxSeries) {
        Setting.check(maxSeries >= 16 && maxSeries <= 100_000, "metrics.max-series", maxSeries, "16 to 100000");
        this.maxSeries = maxSeries;
    }

    /** Most rows that the numbers with several labels have each. */
    public int maxSeries() {
        return maxSeries;
    }

    /** Refusals and failures by fault code; the one counter that every room may need. */
    public Counter fault(Fault fault) {
        return counters("tombolo_faults_total", "Refusals and failures by their code.", "code")
                .of(fault.code());
    }

    /**
     * A counter without labels.
     * @param name as in {@code docs/metrics.md}, ending in {@code _total}
     */
    public Counter counter(String name, String help) {
        return family(name, help, "counter", new Plain(new Counter()), Plain.class)
                .counter();
    }

    /** Counters with one label. */
    public Counters counters(String name, String help, String label) {
        return family(name, help, "counter", new Labelled(new Counters(label)), Labelled.class)
                .counters();
    }

    /**
     * Numbers with several labels, which belong together.
     * @param labels  names; the first keeps its value when there are too many rows
     * @param columns at least one; its name finds all of them again
     */
    public synchronized Rows rows(List<String> labels, List<Column> columns) {
        Counter folded = counter(
                "tombolo_metrics_folded_total",
                "Label values that were counted as other: metrics.max-series is reached.");
        var fresh = new Rows(labels, columns, maxSeries, folded);
        Rows kept = fresh;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            kept = family(column.name(), column.help(), type(column), new InRows(fresh, i), InRows.class)
                    .rows();
        }
        return kept;
    }

    private static String type(Column column) {
        return switch (column) {
            case Column.Total total -> "counter";
            case Column.Level level -> "gauge";
            case Column.Spread spread -> "histogram";
        };
    }

    /** A number that is asked for when somebody looks; must not block. The first supplier of a name stays. */
    public void gauge(String name, String help, DoubleSupplier value) {
        family(name, help, "gauge", new Asked(value), Asked.class);
    }

    /** All numbers in the text format of Prometheus, version 0.0.4, sorted by name. */
    public String text() {
        var text = new StringBuilder(4_096);
        families.forEach((name, family) -> {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(family.help())
                    .append('\n');
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            write(text, name, family.series());
        });
        return text.toString();
    }

    private <S extends Series> S family(String name, String help, String type, S fresh, Class<S> kind) {
        Family held = families.computeIfAbsent(name, n -> new Family(help, type, fresh));
        return kind.cast(held.series());
    }

    private static void write(StringBuilder text, String name, Series series) {
        switch (series) {
            case Plain(Counter counter) ->
                text.append(name).append(' ').append(counter.value()).append('\n');
            case Asked(DoubleSupplier value) ->
                text.append(name)
                        .append(' ')
                        .append(number(value.getAsDouble()))
                        .append('\n');
            case InRows(Rows rows, int column) -> rows.write(text, column);
            case Labelled(Counters counters) -> {
                for (Map.Entry<String, Counter> one : new TreeMap<>(counters.byValue()).entrySet()) {
                    text.append(name).append('{').append(counters.label()).append("=\"");
                    text.append(escaped(one.getKey())).append("\"} ");
                    text.append(one.getValue().value()).append('\n');
                }
            }
        }
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private record Family(String help, String type, Series series) {}

    private sealed interface Series {}

    private record Plain(Counter counter) implements Series {}

    private record Labelled(Counters counters) implements Series {}

    private record InRows(Rows rows, int column) implements Series {}

    private record Asked(DoubleSupplier value) implements Series {}
}
