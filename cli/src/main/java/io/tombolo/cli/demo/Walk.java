package io.tombolo.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The demo's story: found, join, export, call, kill, move, come back. */
final class Walk {
    private static final String URL = "http://checkout.shop.svc.clusterset.local";
    private static final int PER_SECOND = 50;
    private static final Map<String, String> FAILOVER = Map.of("failover.hold", "2s", "failover.ramp", "3s");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CALM_PATIENCE = Duration.ofSeconds(10);
    private static final long CALM_MICROS = 500_000;

    private final Stage stage;
    private final Household household;
    private final Commands commands;
    private final Path stateDir;
    private final Path contexts;
    private final DemoCluster east;
    private final DemoCluster west;
    private final DemoCluster south;
    private final Traffic traffic = new Traffic();
    private final List<Move> moves = new ArrayList<>();

    Walk(Stage stage, Household household, Path stateDir, Path contexts) {
        this.stage = stage;
        this.household = household;
        this.commands = new Commands(stage);
        this.stateDir = stateDir;
        this.contexts = contexts;
        this.east = cluster("east", "eu");
        this.west = cluster("west", "eu");
        this.south = cluster("south", "us");
    }

    void run() {
        TakenPorts.say(stage);
        stage.chapter("1  Three clusters, each with a control plane of its own");
        startControllers();
        stage.chapter("2  One federation: founded in east, joined by one command a side");
        found();
        stage.chapter("3  Gateways, and a service in every cluster");
        startGateways();
        List<Started> checkouts = startCheckouts();
        stage.chapter("4  A workload in east calls " + URL);
        callAndCompare();
        stage.chapter("5  Things die (hold 2 s and ramp 3 s are set short for the demo; defaults are 10 s and 30 s)");
        failOver(checkouts);
        Summary.print(stage, traffic, moves);
    }

    /** Those that may die in a drill: the callers live in the other one. */
    List<DemoCluster> mortals() {
        return List.of(west, south);
    }

    private void startControllers() {
        Path state = stateDir.resolve("backbone");
        Settings settings = new Settings("").put("state-dir", state);
        Started backbone = household.start("backbone", ExecPlan.of(Program.KAFKA, settings, List.of()));
        Together.all(List.<Supplier<JsonNode>>of(
                () -> stage.step("controller of east (region eu)", () -> east.startController(contexts)),
                () -> stage.step("controller of west (region eu)", () -> west.startController(contexts)),
                () -> stage.step("controller of south (region us)", () -> south.startController(contexts)),
                () -> stage.step("Kafka, the backbone", () -> backbone.awaitReady(state.resolve("ready"), PATIENCE))));
    }

    private void found() {
        commands.run(
                "init",
                "demo",
                "--context",
                "east",
                "--backbone",
                stateDir.resolve("backbone/admin/connection.properties").toString(),
                "--recovery-key-file",
                stateDir.resolve("recovery.key").toString());
        for (DemoCluster joiner : List.of(west, south)) {
            String token = joiner.tokenFile().toString();
            commands.run("token", "create", "--context", "east", "--cluster", joiner.name(), "--out", token);
            commands.run("join", "--context", joiner.name(), "--token-file", token);
        }
    }

    private void startGateways() {
        Together.all(List.<Supplier<JsonNode>>of(
                () -> stage.step("gateway of east", () -> east.enrolGateway()),
                () -> stage.step("gateway of west", () -> west.enrolGateway()),
                () -> stage.step("gateway of south", () -> south.enrolGateway())));
    }

    private List<Started> startCheckouts() {
        var started = new ArrayList<Started>();
        stage.step("4 instances of checkout: 1 in east, 2 in west, 1 in south", () -> {
            started.addAll(Together.all(List.of(
                    () -> checkout(east, 1),
                    () -> checkout(west, 1),
                    () -> checkout(west, 2),
                    () -> checkout(south, 1))));
        });
        for (DemoCluster cluster : List.of(east, west, south)) {
            commands.run("export", "checkout", "-n", "shop", "--context", cluster.name());
        }
        return started;
    }

    private static Started checkout(DemoCluster cluster, int number) {
        Started started = cluster.startCheckout(number);
        cluster.awaitCheckout(started, number);
        return started;
    }

    private void callAndCompare() {
        stage.step(
                "east knows of 4 ready instances in 3 clusters",
                () -> Instances.await("east", "shop", "checkout", Map.of("east", 1, "west", 2, "south", 1), PATIENCE));
        long start = now();
        Started caller = stage.step(
                "frontend in east, " + PER_SECOND + " requests a second",
                () -> east.startCaller(URL, PER_SECOND, FAILOVER));
        Thread.ofVirtual().start(() -> traffic.read(caller.process().getInputStream()));
        traffic.await("the first answer", start, 1, Sample::ok, PATIENCE);
        Sample first =
                traffic.since(start).stream().filter(Sample::ok).findFirst().orElseThrow();
        stage.say(
                "\u2713 first routed request, answered by cluster %s, instance %s", first.cluster(), first.instance());
        for (DemoCluster peer : List.of(west, south)) {
            stage.step(
                    "path from east to " + peer.name() + " is proven",
                    () -> Paths.await(contexts, "east", peer.name(), PATIENCE));
        }
        calm(start);
    }

    private void failOver(List<Started> checkouts) {
        move("kill -9 checkout in east", "east", "west", () -> household.kill(checkouts.get(0)));
        move("kill -9 one of west's two", "west", "west", () -> household.kill(checkouts.get(1)));
        move("kill -9 west's gateway", "west", "south", west::killGateway);
        move("west's gateway is back", "south", "west", west::restartGateway);
        move("checkout in east is back", "west", "east", () -> checkout(east, 1));
    }

    private void move(String event, String from, String to, Runnable cause) {
        long at = now();
        stage.say("\u25cf %s", event);
        cause.run();
        traffic.await(
                "traffic to " + to + " after: " + event,
                at,
                PER_SECOND,
                s -> s.cluster().equals(to),
                PATIENCE);
        calm(at);
        Move move = Move.of(event, from, to, at, traffic.since(at));
        moves.add(move);
        stage.say(
                "\u2713 answered by %s: first after %d ms, all of them by now; %d requests sent, %d failed",
                to, move.movedMillis(), move.sent(), move.failed());
    }

    /** One failure at a time: the next one waits for what the last one left, a backlog of slow answers for instance. */
    private void calm(long since) {
        var _ = traffic.within(
                CALM_PATIENCE, "calm traffic", since, PER_SECOND, s -> s.ok() && s.tookMicros() < CALM_MICROS);
    }

    private DemoCluster cluster(String name, String region) {
        return new DemoCluster(name, region, stateDir, household);
    }

    private static long now() {
        return System.currentTimeMillis() * 1_000;
    }
}
