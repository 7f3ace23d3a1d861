package io.tombolo.benchmarks.http;

import io.tombolo.benchmarks.load.CallLoad;
import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.PaperCluster;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.benchmarks.turns.Case;
import io.tombolo.benchmarks.turns.Latencies;
import io.tombolo.benchmarks.turns.Reading;
import io.tombolo.benchmarks.turns.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * One hop with mutual TLS on the mesh's side: out (in the clear from the application, TLS to a peer) and in (TLS from a peer, in the
 * clear to the application); as much as goes, and at a fixed rate. Then new connections, one request on each.
 */
public final class HttpBench {
    private static final int RATE = 2_000;
    private static final int HANDSHAKES_AT_ONCE = 8;
    private static final Duration WARM_UP_STEP = Duration.ofSeconds(4);

    private final HttpPlan plan;
    private final Wire wire;
    private final PaperCluster cluster = new PaperCluster("east");
    private final Results results = new Results();

    private HttpBench(Wire wire, HttpPlan plan) {
        this.wire = wire;
        this.plan = plan;
    }

    /**
     * Out and in.
     * @param options of {@link HttpPlan}
     */
    public static void hop(Wire wire, Map<String, Integer> options) throws SSLException {
        new HttpBench(wire, HttpPlan.of(options, wire, RATE)).hop();
    }

    /** @param options of {@link HttpPlan} */
    public static void handshakes(Map<String, Integer> options) throws SSLException {
        new HttpBench(Wire.HTTP1, HttpPlan.of(options, Wire.HTTP1, 0).with(HANDSHAKES_AT_ONCE)).handshakes();
    }

    private void hop() throws SSLException {
        Hops hops = Hops.in(Workshop.open(wire.name().toLowerCase(Locale.ROOT)), cluster, wire);
        try (var stage = new HttpStage(hops.workshop(), wire, hops.caller(), hops.workload());
                Line out = hops.outbound(plan.services(), stage.meshPort());
                Line in = hops.inbound(stage.appPort())) {
            var loads = new ArrayList<Load>();
            for (Wire spoken : wire == Wire.TCP ? List.of(Wire.TCP, Wire.TCP_BULK) : List.of(wire)) {
                loads.addAll(loads(spoken, out, in));
            }
            warmUp(
                    stage,
                    loads.stream()
                            .filter(load -> load.pace() instanceof CallLoad.Pace.Busy)
                            .toList());
            takeTurns(stage, loads);
        }
    }

    private List<Load> loads(Wire spoken, Line out, Line in) {
        String size = spoken == Wire.TCP_BULK ? ", " + spoken.size() : "";
        CallLoad.Pace.Fixed fixed = plan.pace(spoken);
        String rate = size + ", " + fixed.perSecond() + "/s";
        Map<String, Double> goals = goals();
        return List.of(
                new Load("out" + size + ", busy", out, false, spoken, new CallLoad.Pace.Busy(), goals),
                new Load("in" + size + ", busy", in, true, spoken, new CallLoad.Pace.Busy(), goals),
                new Load("out" + rate, out, false, spoken, fixed, goals),
                new Load("in" + rate, in, true, spoken, fixed, goals));
    }

    private Map<String, Double> goals() {
        return switch (wire) {
            case HTTP1 -> Map.of("Envoy", 0.50, "HAProxy", 1.50);
            case HTTP2, GRPC -> Map.of("Envoy", 0.80);
            case TCP, TCP_BULK -> Map.of();
        };
    }

    private void handshakes() throws SSLException {
        Hops hops = Hops.in(Workshop.open("handshakes"), cluster, wire);
        try (var stage = new HttpStage(hops.workshop(), wire, hops.caller(), hops.workload());
                Line in = hops.inbound(stage.appPort())) {
            var goal = Map.of("Envoy", 1 / 0.9);
            var loads = List.of(new Load("new connection in", in, true, wire, new CallLoad.Pace.Anew(), goal));
            warmUp(stage, loads);
            takeTurns(stage, loads);
        }
    }

    private record Load(
            String text, Line line, boolean isMesh, Wire spoken, CallLoad.Pace pace, Map<String, Double> goals) {
        Case kind() {
            return new Case(text, spoken.answerBytes(), goals);
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
        CallLoad.Plan to = load.isMesh()
                ? stage.mesh(contender.port(), load.spoken(), cluster, plan, load.pace())
                : stage.plain(contender.port(), load.spoken(), plan, load.pace());
        return stage.measure(List.of(contender.process()), to, before, window);
    }
}
