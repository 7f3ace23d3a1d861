package io.tombolo.benchmarks.change;

import io.tombolo.benchmarks.change.TwoClusters.Side;
import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.Samples;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.catalog.record.SignedRecord;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What a controller's rooms do after one change, or after none, when there are many services. */
public final class ChangeBench {
    private static final double MILLIS = 1e6;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final int services;
    private final Columns table =
            new Columns("services", "what came", "own catalog", "log and view", "decisions", "one role's feed", "all");

    private ChangeBench(int rounds, int services) {
        this.rounds = rounds;
        this.services = services;
    }

    /** Prints the table: medians of CPU ms. */
    public static void run(int rounds, int services) {
        var bench = new ChangeBench(rounds, services);
        bench.exported();
        bench.imported();
        System.out.println(bench.table);
    }

    private void exported() {
        var clusters = new TwoClusters();
        try (var east = new OneController(Workshop.open("change-exported").directory(), clusters)) {
            IntStream.range(0, services).forEach(i -> east.exports(i, "first"));
            east.publish();
            east.read(first(clusters, Side.EAST));
            measure(east, "a local export changed", round -> {
                east.exports(round % services, "round " + round);
                return List.of(clusters.exports(Side.EAST, round % services, "round " + round));
            });
            measure(east, "a pulse, all exported here", _ -> List.of(clusters.beats(Side.EAST)));
        }
    }

    private void imported() {
        var clusters = new TwoClusters();
        try (var east = new OneController(Workshop.open("change-imported").directory(), clusters)) {
            east.publish();
            east.read(first(clusters, Side.WEST));
            measure(
                    east,
                    "a record of another cluster",
                    round -> List.of(clusters.exports(Side.WEST, round % services, "round " + round)));
            measure(east, "a pulse, all imported", _ -> List.of(clusters.beats(Side.WEST)));
        }
    }

    private List<SignedRecord> first(TwoClusters clusters, Side side) {
        return IntStream.range(0, services)
                .mapToObj(i -> clusters.exports(side, i, "first"))
                .toList();
    }

    /** @param prepare makes the records that come in a round; not measured */
    private void measure(OneController east, String what, IntFunction<List<SignedRecord>> prepare) {
        List<Runnable> steps = new ArrayList<>();
        List<SignedRecord> came = new ArrayList<>();
        steps.add(east::publish);
        steps.add(() -> east.read(came));
        steps.add(east::decide);
        steps.add(east::feed);
        List<List<Double>> took = new ArrayList<>();
        IntStream.rangeClosed(0, steps.size()).forEach(_ -> took.add(new ArrayList<>()));
        for (int round = 0; round < 2 * rounds; round++) { // the first half warms up
            came.clear();
            came.addAll(prepare.apply(round));
            double all = 0;
            for (int step = 0; step < steps.size(); step++) {
                double each = cpuMillis(steps.get(step));
                all += each;
                took.get(step).add(each);
            }
            took.getLast().add(all);
        }
        row(what, took);
    }

    private void row(String what, List<List<Double>> took) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(services), what));
        took.forEach(each -> cells.add(String.format(
                Locale.ROOT,
                "%.2f",
                Samples.of(each.subList(rounds, 2 * rounds)).median())));
        table.row(cells.toArray(String[]::new));
    }

    private static double cpuMillis(Runnable step) {
        long from = CPU.getCurrentThreadCpuTime();
        step.run();
        return (CPU.getCurrentThreadCpuTime() - from) / MILLIS;
    }
}
