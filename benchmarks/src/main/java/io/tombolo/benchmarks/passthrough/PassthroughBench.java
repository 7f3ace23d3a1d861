package io.tombolo.benchmarks.passthrough;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.Envoy;
import io.tombolo.benchmarks.peer.Haproxy;
import io.tombolo.benchmarks.peer.Missing;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.peer.TomboloGateway;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.benchmarks.turns.Latencies;
import io.tombolo.benchmarks.turns.Reading;
import io.tombolo.benchmarks.turns.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Runs the contenders against one backend and one client, in turn, round after round. */
public final class PassthroughBench {
    private final Plan plan;
    private final Results results = new Results();
    private final Map<String, Latencies> latencies = new LinkedHashMap<>();

    private PassthroughBench(Plan plan) {
        this.plan = plan;
    }

    /** @param options {@code rounds}, {@code seconds}, {@code connections} */
    public static void run(Map<String, Integer> options) throws SSLException {
        new PassthroughBench(Plan.of(options)).run();
    }

    private void run() throws SSLException {
        Workshop workshop = Workshop.open("passthrough");
        var cluster = new PaperCluster("east");
        try (var stage = new Stage(workshop, cluster, plan.connections())) {
            List<Contender> contenders = start(workshop, cluster, stage.backendPort());
            try {
                printMemory("started", contenders);
                measureAll(stage, contenders);
                printMemory("after load", contenders);
            } finally {
                contenders.forEach(Contender::close);
            }
        }
        results.print();
        latencies.values().forEach(latency -> System.out.println(latency.table("")));
    }

    private interface Start {
        Contender contender() throws Missing;
    }

    private static List<Contender> start(Workshop workshop, PaperCluster cluster, int backendPort) {
        String name = cluster.serverName(PaperCluster.TCP);
        var started = new ArrayList<Contender>();
        add(started, () -> TomboloGateway.start(workshop, cluster, backendPort));
        add(started, () -> Envoy.start(workshop, name, backendPort));
        add(started, () -> Haproxy.start(workshop, name, backendPort));
        return started;
    }

    private static void add(List<Contender> started, Start start) {
        try {
            Contender contender = start.contender();
            System.out.printf("%s %s%n", contender.name(), contender.version());
            started.add(contender);
        } catch (Missing reason) {
            System.out.printf("skipped: %s%n", reason.getMessage());
        }
    }

    private static void printMemory(String when, List<Contender> contenders) {
        var table = new Columns(when, "resident MiB", "private MiB");
        for (Contender contender : contenders) {
            var memory = ProcessFigures.memory(contender.process().pid());
            table.row(
                    contender.name(),
                    Long.toString(memory.resident() / 1_024),
                    Long.toString(memory.unshared() / 1_024));
        }
        System.out.println(table);
    }

    private void measureAll(Stage stage, List<Contender> contenders) {
        for (Size size : List.of(Size.SMALL, Size.LARGE)) {
            for (Contender contender : contenders) {
                var _ = stage.measure(contender, size, Plan.FIRST_WARM_UP, Plan.WARM_UP);
            }
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Size size : Size.values()) {
                for (Contender contender : contenders) {
                    Stage.Measured measured = stage.measure(contender, size, Plan.WARM_UP, plan.window());
                    Reading reading = measured.reading();
                    results.add(size.load(), contender.name(), reading);
                    measured.latency()
                            .ifPresent(micros -> latencies
                                    .computeIfAbsent(size.load().text(), Latencies::new)
                                    .add(contender.name(), micros));
                    System.out.printf(
                            "round %d of %d, %s, %s: %.1f µs, %.0f requests/s%n",
                            round,
                            plan.rounds(),
                            size.load().text(),
                            contender.name(),
                            reading.cost(),
                            reading.perSecond());
                }
            }
        }
    }
}
