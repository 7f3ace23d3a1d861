package io.tombolo.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Two linked clusters that call each other for a moment. One process of each program writes down what its JVM learned, when
 * it ends (ADR-0060). What is called is each other's service, so that the recorded sidecar has been caller and called.
 */
final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final int CALLS = 300;

    private final Stage stage = new Stage();
    private final Household household;
    private final Commands commands = new Commands(stage);
    private final Path stateDir;
    private final Path contexts;
    private final DemoCluster east;
    private final DemoCluster west;
    private final int eastPort = QuietPort.free();
    private final int westPort = QuietPort.free();

    Rehearsal(Household household, Path stateDir, Path contexts) {
        this.household = household;
        this.stateDir = stateDir;
        this.contexts = contexts;
        this.east = new DemoCluster("east", "eu", stateDir, household);
        this.west = new DemoCluster("west", "eu", stateDir, household);
    }

    void run() {
        startControllers();
        link();
        Together.all(List.<Supplier<JsonNode>>of(
                () -> east.enrolGateway(plan -> plan.recording(cache(Program.GATEWAY))), () -> west.enrolGateway()));
        startServices();
        commands.run("export", "frontend", "-n", "shop", "--context", "east");
        commands.run("export", "checkout", "-n", "shop", "--context", "west");
        Paths.await(contexts, "east", "west", PATIENCE);
        Paths.await(contexts, "west", "east", PATIENCE);
        call(westPort);
        call(eastPort);
        look();
    }

    private void startControllers() {
        Path state = stateDir.resolve("backbone");
        ExecPlan kafka = ExecPlan.of(Program.KAFKA, new Settings("").put("state-dir", state), List.of());
        Started backbone = household.start("backbone", kafka.recording(cache(Program.KAFKA)));
        Together.all(List.<Supplier<JsonNode>>of(
                () -> east.startController(contexts, plan -> plan.recording(cache(Program.CONTROLLER))),
                () -> west.startController(contexts),
                () -> backbone.awaitReady(state.resolve("ready"), PATIENCE)));
    }

    private void link() {
        String connection =
                stateDir.resolve("backbone/admin/connection.properties").toString();
        String recovery = stateDir.resolve("recovery.key").toString();
        commands.run("init", "demo", "--context", "east", "--backbone", connection, "--recovery-key-file", recovery);
        String token = west.tokenFile().toString();
        commands.run("token", "create", "--context", "east", "--cluster", "west", "--out", token);
        commands.run("join", "--context", "west", "--token-file", token);
    }

    private void startServices() {
        Map<String, String> calls = Map.of("bind", "checkout.shop:80=127.0.0.1:" + eastPort);
        Map<String, String> called = Map.of("bind", "frontend.shop:80=127.0.0.1:" + westPort);
        Together.all(List.<Supplier<Started>>of(
                () -> service(
                        east,
                        "frontend",
                        east.startService("frontend", 1, calls, plan -> plan.recording(cache(Program.SIDECAR)))),
                () -> service(west, "checkout", west.startService("checkout", 1, called, plan -> plan))));
    }

    private static Started service(DemoCluster cluster, String name, Started started) {
        cluster.awaitService(started, name, 1);
        return started;
    }

    /** Calls until answers come, and then some more: whether they come is the demo's business and the tests'. */
    private void call(int port) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(REQUEST_TIMEOUT)
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int answered = 0; answered < CALLS && System.nanoTime() < deadline; ) {
                answered +=
                        http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200 ? 1 : 0;
            }
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.PROGRAM_FAILED, "call", "failed: " + e.getMessage(), "see the logs in " + stateDir, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TomboloException(Fault.TIMED_OUT, "rehearsal", "was interrupted", "start it again", e);
        }
    }

    private void look() {
        commands.quietly("services", "--context", "east");
        commands.quietly("status", "--context", "east");
        commands.quietly("explain", "frontend", "checkout", "-n", "shop", "--context", "east");
    }

    private static Path cache(Program program) {
        return ExecPlan.installation().resolve(program.cache());
    }
}
