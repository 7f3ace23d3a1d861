package io.tombolo.benchmarks.turns;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All readings, and the tables of them. */
public final class Results {
    private static final String OURS = "Tombolo";

    private final Map<Case, Map<String, List<Reading>>> readings = new LinkedHashMap<>();

    /** Keeps what {@code contender} showed in its next round. */
    public void add(Case load, String contender, Reading reading) {
        readings.computeIfAbsent(load, s -> new LinkedHashMap<>())
                .computeIfAbsent(contender, c -> new ArrayList<>())
                .add(reading);
    }

    /** Both tables of every case. */
    public void print() {
        for (Case load : readings.keySet()) {
            System.out.println(medians(load));
            System.out.println(ratios(load));
        }
    }

    /** The median over rounds of everything that was read. */
    String medians(Case load) {
        var table = new Columns(
                load.text(),
                "CPU µs/request",
                "least",
                "most",
                "requests/s",
                "MiB/s",
                "busy %",
                "client µs",
                "backend µs");
        readings.getOrDefault(load, Map.of()).forEach((contender, all) -> {
            Samples cost = samples(all, Reading::cost);
            double rate = samples(all, Reading::perSecond).median();
            table.row(
                    contender,
                    number(cost.median()),
                    number(cost.least()),
                    number(cost.most()),
                    "%.0f".formatted(rate),
                    number(rate * load.answerBytes() / 1_048_576),
                    "%.0f".formatted(samples(all, Reading::busyPercent).median()),
                    number(samples(all, Reading::clientCost).median()),
                    number(samples(all, Reading::backendCost).median()));
        });
        return table.toString();
    }

    /** Ours divided by each peer's, round by round: what disturbed one round disturbed both. */
    String ratios(Case load) {
        Map<String, List<Reading>> all = readings.getOrDefault(load, Map.of());
        var ours = all.getOrDefault(OURS, List.of());
        var table = new Columns(load.text() + ", CPU ratio", "rounds", "median", "least", "most", "goal", "met");
        all.forEach((peer, theirs) -> {
            if (!peer.equals(OURS) && !ours.isEmpty()) {
                Samples ratio = ratios(ours, theirs);
                Double goal = load.goals().get(peer);
                table.row(
                        OURS + " / " + peer,
                        rounds(ours, theirs),
                        two(ratio.median()),
                        two(ratio.least()),
                        two(ratio.most()),
                        goal == null ? "" : two(goal),
                        goal == null ? "" : ratio.median() <= goal ? "yes" : "no");
            }
        });
        return table.toString();
    }

    private static Samples ratios(List<Reading> ours, List<Reading> theirs) {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
            ratios.add(ours.get(round).cost() / theirs.get(round).cost());
        }
        return Samples.of(ratios);
    }

    private static String rounds(List<Reading> ours, List<Reading> theirs) {
        var text = new StringBuilder();
        for (int round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
            text.append(round == 0 ? "" : " ")
                    .append(two(ours.get(round).cost() / theirs.get(round).cost()));
        }
        return text.toString();
    }

    private static Samples samples(List<Reading> readings, ToDoubleFunction<Reading> value) {
        return Samples.of(readings.stream().map(value::applyAsDouble).toList());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
