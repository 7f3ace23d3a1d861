package io.tombolo.benchmarks.turns;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long answers took at a rate that does not wait for them: percentiles of each round, and the median round's. */
public final class Latencies {
    private static final double[] PERCENTS = {50, 99, 99.9};

    private final String text;
    private final Map<String, List<Samples>> rounds = new LinkedHashMap<>();

    /** @param text above the table */
    public Latencies(String text) {
        this.text = text;
    }

    /** Keeps one round of a contender, in µs. */
    public void add(String contender, Samples micros) {
        rounds.computeIfAbsent(contender, c -> new ArrayList<>()).add(micros);
    }

    /**
     * The table; what is added to {@code base} is formed within a round.
     * @param base a contender that is only the load itself; empty = there is none
     */
    public String table(String base) {
        var titles = new ArrayList<>(List.of(text + ", ms", "p50", "p99", "p99.9"));
        if (!base.isEmpty()) {
            titles.addAll(List.of("p50 added", "p99 added", "p99.9 added"));
        }
        var table = new Columns(titles.toArray(String[]::new));
        rounds.forEach((contender, all) -> {
            var row = new ArrayList<>(List.of(contender));
            for (double percent : PERCENTS) {
                row.add(milli(median(all, List.of(), percent)));
            }
            for (double percent : base.isEmpty() ? new double[0] : PERCENTS) {
                row.add(milli(median(all, rounds.getOrDefault(base, List.of()), percent)));
            }
            table.row(row.toArray(String[]::new));
        });
        return table.toString();
    }

    private static double median(List<Samples> all, List<Samples> without, double percent) {
        var values = new ArrayList<Double>();
        for (int round = 0; round < all.size(); round++) {
            double base = round < without.size() ? without.get(round).percentile(percent) : 0;
            values.add(all.get(round).percentile(percent) - base);
        }
        return Samples.of(values).median();
    }

    private static String milli(double micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1_000);
    }
}
