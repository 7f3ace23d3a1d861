package io.tombolo.dataplane.metrics;

import io.tombolo.model.fault.Fault;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/** The numbers of one proxy, by name. Asking twice for a name gives the same counter. */
public final class Metrics {
    private final SortedMap<String, Family> families = new ConcurrentSkipListMap<>();

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
            case Labelled(Counters counters) -> {
                for (Map.Entry<String, Counter> one : new TreeMap<>(counters.byValue()).entrySet()) {
                    text.append(name).append('{').append(counters.label()).append("=\"");
                    text.append(escaped(one.getKey())).append("\"} ");
                    text.append(one.getValue().value()).append('\n');
                }
            }
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private record Family(String help, String type, Series series) {}

    private sealed interface Series {}

    private record Plain(Counter counter) implements Series {}

    private record Labelled(Counters counters) implements Series {}

    private record Asked(DoubleSupplier value) implements Series {}
}
