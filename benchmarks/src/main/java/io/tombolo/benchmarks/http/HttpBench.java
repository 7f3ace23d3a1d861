package io.tombolo.benchmarks.http;

import io.tombolo.benchmarks.load.HttpLoad;
import io.tombolo.benchmarks.peer.Build;
import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.EnvoyHttp;
import io.tombolo.benchmarks.peer.HaproxyHttp;
import io.tombolo.benchmarks.peer.MeshPeer;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.peer.Papers;
import io.tombolo.benchmarks.peer.TomboloSidecar;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.benchmarks.turns.Case;
import io.tombolo.benchmarks.turns.Latencies;
import io.tombolo.benchmarks.turns.Reading;
import io.tombolo.benchmarks.turns.Results;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * One hop of HTTP/1.1 with mutual TLS on the mesh's side: out (in the clear from the application, TLS to a peer) and in (TLS from
 * a peer, in the clear to the application); as much as goes, and at a fixed rate. Then new connections, one request on each.
 */
public final class HttpBench {
    private static final Map<String, Double> GOALS = Map.of("Envoy", 0.50, "HAProxy", 1.50);
    private static final int HANDSHAKES_AT_ONCE = 8;
    private static final Duration WARM_UP_STEP = Duration.ofSeconds(4);

    private final HttpPlan plan;
    private final PaperCluster cluster = new PaperCluster("east");
    private final Results results = new Results();

    private HttpBench(HttpPlan plan) {
        this.plan = plan;
    }

    /** @param options of {@link HttpPlan} */
    public static void hop(Map<String, Integer> options) throws SSLException {
        new HttpBench(HttpPlan.of(options, 2_000)).hop();
    }

    /** @param options of {@link HttpPlan} */
    public static void handshakes(Map<String, Integer> options) throws SSLException {
        new HttpBench(HttpPlan.of(options, 0)).handshakes();
    }

    private void hop() throws SSLException {
        Workshop workshop = Workshop.open("http");
        Papers caller = Papers.write(workshop, "caller", cluster.caller(), List.of(cluster.root()));
        Papers workload = Papers.write(workshop, "workload", cluster.workload(), List.of(cluster.root()));
        try (var stage = new HttpStage(workshop, caller, workload);
                Line out = outbound(workshop, caller, stage);
                Line in = inbound(workshop, workload, stage)) {
            var loads = List.of(
                    new Load("out, busy", out, false, new HttpLoad.Pace.Busy(), GOALS),
                    new Load("in, busy", in, true, new HttpLoad.Pace.Busy(), GOALS),
                    new Load("out, " + plan.rate() + "/s", out, false, new HttpLoad.Pace.Fixed(plan.rate()), GOALS),
                    new Load("in, " + plan.rate() + "/s", in, true, new HttpLoad.Pace.Fixed(plan.rate()), GOALS));
            warmUp(stage, loads.subList(0, 2));
            takeTurns(stage, loads);
        }
    }

    private void handshakes() throws SSLException {
        Workshop workshop = Workshop.open("handshakes");
        Papers caller = Papers.write(workshop, "caller", cluster.caller(), List.of(cluster.root()));
        Papers workload = Papers.write(workshop, "workload", cluster.workload(), List.of(cluster.root()));
        try (var stage = new HttpStage(workshop, caller, workload);
                Line in = inbound(workshop, workload, stage)) {
            var goal = Map.of("Envoy", 1 / 0.9);
            var loads = List.of(new Load("new connection in", in, true, new HttpLoad.Pace.Anew(), goal));
            warmUp(stage, loads);
            takeTurns(stage, loads);
        }
    }

    private Line outbound(Workshop workshop, Papers caller, HttpStage stage) {
        MeshPeer peer = cluster.workloadAt(stage.meshPort());
        var line = new Line();
        Build.before()
                .ifPresent(build -> line.add(
                        () -> TomboloSidecar.outbound(build, workshop, cluster, plan.services(), stage.meshPort())));
        return line.add(() ->
                        TomboloSidecar.outbound(Build.current(), workshop, cluster, plan.services(), stage.meshPort()))
                .add(() -> EnvoyHttp.outbound(workshop, caller, peer, plan.services()))
                .add(() -> HaproxyHttp.outbound(workshop, caller, peer, plan.services()));
    }

    private Line inbound(Workshop workshop, Papers workload, HttpStage stage) {
        String name = cluster.serverName(PaperCluster.HTTP);
        var line = new Line();
        Build.before()
                .ifPresent(build ->
                        line.add(() -> TomboloSidecar.inbound(build, workshop, List.of(cluster), stage.appPort())));
        return line.add(() -> TomboloSidecar.inbound(Build.current(), workshop, List.of(cluster), stage.appPort()))
                .add(() -> EnvoyHttp.inbound(workshop, workload, name, cluster.callerId(), stage.appPort()))
                .add(() -> HaproxyHttp.inbound(workshop, workload, stage.appPort()));
    }

    private record Load(String text, Line line, boolean isMesh, HttpLoad.Pace pace, Map<String, Double> goals) {
        Case kind() {
            return new Case(text, HttpPlan.ANSWER_BYTES, goals);
        }
    }

    private void warmUp(HttpStage stage, List<Load> loads) {
        for (Load load : loads) {
            for (Contender contender : load.line().contenders()) {
                System.out.printf("warming up: %s, %s%n", load.text(), contender.name());
                warmUp(stage, load, contender);
            }
        }
    }

    /** Until it gets no cheaper, three windows in a row: how long that takes depends on how busy the machine is. */
    private void warmUp(HttpStage stage, Load load, Contender contender) {
        long end = System.nanoTime() + plan.warmUp().toNanos();
        double best = Double.MAX_VALUE;
        for (int inARow = 0; inARow < 3 && System.nanoTime() < end; inARow++) {
            double cost = measure(stage, load, contender, Duration.ZERO, WARM_UP_STEP)
                    .reading()
                    .cost();
            inARow = cost < best * 0.97 ? -1 : inARow;
            best = Math.min(best, cost);
        }
    }

    private void takeTurns(HttpStage stage, List<Load> loads) {
        var latencies = new LinkedHashMap<String, Latencies>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Load load : loads) {
                for (Contender contender : load.line().contenders()) {
                    HttpStage.Measured measured = measure(stage, load, contender, HttpPlan.SETTLE);
                    results.add(load.kind(), contender.name(), measured.reading());
                    measured.latency()
                            .ifPresent(micros -> latencies
                                    .computeIfAbsent(load.text(), Latencies::new)
                                    .add(contender.name(), micros));
                    print(round, load, contender, measured.reading());
                }
            }
        }
        results.print();
        latencies.values().forEach(latency -> System.out.println(latency.table("")));
    }

    private void print(int round, Load load, Contender contender, Reading reading) {
        System.out.printf(
                "round %d of %d, %s, %s: %.1f µs, %.0f a second%n",
                round, plan.rounds(), load.text(), contender.name(), reading.cost(), reading.perSecond());
    }

    private HttpStage.Measured measure(HttpStage stage, Load load, Contender contender, Duration before) {
        return measure(stage, load, contender, before, plan.window());
    }

    private HttpStage.Measured measure(
            HttpStage stage, Load load, Contender contender, Duration before, Duration window) {
        int connections = load.pace() instanceof HttpLoad.Pace.Anew ? HANDSHAKES_AT_ONCE : plan.connections();
        HttpLoad.Plan to = load.isMesh()
                ? stage.mesh(contender.port(), cluster, connections, load.pace())
                : stage.plain(contender.port(), connections, load.pace());
        return stage.measure(List.of(contender.process()), to, before, window);
    }
}
