package io.tombolo.benchmarks.http;

import io.tombolo.benchmarks.load.CallLoad;
import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.peer.Missing;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.peer.Papers;
import io.tombolo.benchmarks.peer.Way;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.benchmarks.turns.Case;
import io.tombolo.benchmarks.turns.Latencies;
import io.tombolo.benchmarks.turns.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Application → sidecar → gateway → sidecar → application at a fixed rate, and what that adds to the same calls without any
 * proxy: the load generator's own share, and the application's, are in both.
 */
public final class WayBench {
    private static final String DIRECT = "direct";

    private final HttpPlan plan;
    private final PaperCluster east = new PaperCluster("east");
    private final PaperCluster west = new PaperCluster("west");
    private final Results results = new Results();

    private WayBench(HttpPlan plan) {
        this.plan = plan;
    }

    /** @param options of {@link HttpPlan} */
    public static void run(Map<String, Integer> options) throws SSLException {
        new WayBench(HttpPlan.of(options, Wire.HTTP1, 1_000)).run();
    }

    private void run() throws SSLException {
        Workshop workshop = Workshop.open("way");
        Papers caller = Papers.write(workshop, "caller", east.caller(), List.of(west.root()));
        Papers workload = Papers.write(workshop, "workload", west.workload(), List.of(east.root()));
        var ways = new ArrayList<Way>();
        try (var stage = new HttpStage(workshop, Wire.HTTP1, caller, workload)) {
            ways.add(Way.direct(stage.appPort()));
            add(ways, () -> Way.tombolo(workshop, east, west, plan.services(), stage.appPort()));
            add(ways, () -> Way.envoy(workshop, east, west, caller, workload, plan.services(), stage.appPort()));
            for (Way way : ways) {
                stage.measure(
                        way.proxies(), load(stage, way, new CallLoad.Pace.Busy()), plan.warmUp(), HttpPlan.SETTLE);
            }
            takeTurns(stage, ways);
        } finally {
            ways.forEach(Way::close);
        }
    }

    private interface Start {
        Way way() throws Missing;
    }

    private static void add(List<Way> ways, Start start) {
        try {
            ways.add(start.way());
        } catch (Missing reason) {
            System.out.printf("skipped: %s%n", reason.getMessage());
        }
    }

    private CallLoad.Plan load(HttpStage stage, Way way, CallLoad.Pace pace) {
        return stage.plain(way.port(), Wire.HTTP1, plan, pace);
    }

    private void takeTurns(HttpStage stage, List<Way> ways) {
        var kind = new Case("the whole way, " + plan.rate() + "/s", Wire.HTTP1.answerBytes(), Map.of());
        var latencies = new Latencies(kind.text());
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Way way : ways) {
                CallLoad.Plan load = load(stage, way, new CallLoad.Pace.Fixed(plan.rate()));
                HttpStage.Measured measured = stage.measure(way.proxies(), load, HttpPlan.SETTLE, plan.window());
                if (!way.proxies().isEmpty()) {
                    results.add(kind, way.name(), measured.reading());
                }
                measured.latency().ifPresent(micros -> {
                    latencies.add(way.name(), micros);
                    System.out.printf(
                            "%s: p50 %.2f ms, p99 %.2f ms%n",
                            way.name(), micros.percentile(50) / 1_000, micros.percentile(99) / 1_000);
                });
            }
        }
        results.print();
        System.out.println(latencies.table(DIRECT));
    }
}
