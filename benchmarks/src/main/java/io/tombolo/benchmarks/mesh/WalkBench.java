package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.place.Workshop;
import java.util.List;

/** How long the demo's steps take, and what each failover costs: the demo's own words, run by run. */
public final class WalkBench {
    private static final String SUMMARY = "Summary";

    private WalkBench() {}

    /** Steps that were done, with their times: founding, joining, first request. */
    public static void join(int runs) {
        for (int run = 1; run <= runs; run++) {
            System.out.printf("run %d of %d%n", run, runs);
            lines().stream().filter(line -> line.contains("\u2713")).forEach(System.out::println);
        }
    }

    /** The table at the end: what happened, requests, failed ones, time until traffic had moved. */
    public static void failover(int runs) {
        for (int run = 1; run <= runs; run++) {
            System.out.printf("run %d of %d%n", run, runs);
            summary(lines()).forEach(System.out::println);
        }
    }

    private static List<String> lines() {
        try (Demo demo = Demo.run(Workshop.open("demo"))) {
            return demo.lines();
        }
    }

    private static List<String> summary(List<String> lines) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith(SUMMARY))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .toList();
    }
}
