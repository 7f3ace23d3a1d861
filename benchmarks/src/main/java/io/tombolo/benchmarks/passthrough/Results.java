package io.tombolo.benchmarks.passthrough;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.Samples;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All readings, and the tables of them. */
final class Results {
    static final String OURS = "Tombolo";

    private final Map<Size, Map<String, List<Reading>>> readings = new EnumMap<>(Size.class);

    void add(Size size, String contender, Reading reading) {
        readings.computeIfAbsent(size, s -> new LinkedHashMap<>())
                .computeIfAbsent(contender, c -> new ArrayList<>())
                .add(reading);
    }

    /** The median over rounds of everything that was read. */
    String medians(Size size) {
        var table = new Columns(
                size.text(),
                "CPU µs/request",
                "least",
                "most",
                "requests/s",
                "MiB/s",
                "busy %",
                "client µs",
                "backend µs");
        readings.getOrDefault(size, Map.of()).forEach((contender, all) -> {
            Samples cost = samples(all, Reading::cost);
            double rate = samples(all, Reading::perSecond).median();
            table.row(
                    contender,
                    number(cost.median()),
                    number(cost.least()),
                    number(cost.most()),
                    "%.0f".formatted(rate),
                    number(rate * size.bytes() / 1_048_576),
                    "%.0f".formatted(samples(all, Reading::busyPercent).median()),
                    number(samples(all, Reading::clientCost).median()),
                    number(samples(all, Reading::backendCost).median()));
        });
        return table.toString();
    }

    /** Ours divided by each peer's, round by round: what disturbed one round disturbed both. */
    String ratios(Size size) {
        Map<String, List<Reading>> all = readings.getOrDefault(size, Map.of());
        var ours = all.getOrDefault(OURS, List.of());
        var table = new Columns(size.text() + ", CPU ratio", "rounds", "median", "least", "most", "goal", "met");
        all.forEach((peer, theirs) -> {
            if (!peer.equals(OURS) && !ours.isEmpty()) {
                Samples ratio = ratios(ours, theirs);
                boolean isGoal = peer.equals("Envoy");
                table.row(
                        OURS + " / " + peer,
                        rounds(ours, theirs),
                        two(ratio.median()),
                        two(ratio.least()),
                        two(ratio.most()),
                        isGoal ? two(size.goal()) : "",
                        isGoal ? ratio.median() <= size.goal() ? "yes" : "no" : "");
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
