package io.tombolo.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.trustbundle.key.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One cluster of the demo: its controller, its gateway, its services, all processes of their own. */
final class DemoCluster implements Outages.Mortal {
    private static final Duration PATIENCE = Duration.ofSeconds(80);
    private static final String NAMESPACE = "shop";
    private static final int TOKEN_SECONDS = 900;

    private final String name;
    private final String region;
    private final Path dir;
    private final Household household;
    private Started gateway;
    private final Map<Integer, Started> checkouts = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init") // the gateway starts once the cluster has joined
    DemoCluster(String name, String region, Path stateDir, Household household) {
        this.name = name;
        this.region = region;
        this.dir = stateDir.resolve(name);
        this.household = household;
    }

    @Override
    public String name() {
        return name;
    }

    Path tokenFile() {
        return dir.resolve("join.token");
    }

    /** Starts the controller and waits until its API answers. */
    JsonNode startController(Path contextFile) {
        return startController(contextFile, plan -> plan);
    }

    /** The same, with a say in how the process is started. */
    JsonNode startController(Path contextFile, UnaryOperator<ExecPlan> how) {
        Path state = dir.resolve("controller");
        Settings settings = new Settings("controller.")
                .put("state-dir", state)
                .put("cluster", name)
                .put("region", region)
                .put("context-file", contextFile)
                .put("auto-ports", true)
                .put("allow-loopback-gateways", true);
        Started controller =
                household.start(name + "-controller", how.apply(ExecPlan.of(Program.CONTROLLER, settings, List.of())));
        return controller.awaitReady(state.resolve("ready.json"), PATIENCE);
    }

    /** Makes a token and starts the gateway with it. */
    JsonNode enrolGateway() {
        return enrolGateway(plan -> plan);
    }

    /** The same, with a say in how the process is started. */
    JsonNode enrolGateway(UnaryOperator<ExecPlan> how) {
        Path token = dir.resolve("gateway.token");
        makeToken("/gateway-tokens", ApiClient.body(), token);
        return startGateway(token.toString(), how);
    }

    /** Starts the gateway again: its own key is enough. */
    JsonNode restartGateway() {
        return startGateway("", plan -> plan);
    }

    void killGateway() {
        household.kill(gateway);
    }

    private JsonNode startGateway(String tokenFile, UnaryOperator<ExecPlan> how) {
        Path state = dir.resolve("gateway");
        Settings settings = new Settings("gateway.")
                .put("state-dir", state)
                .put("token-file", tokenFile)
                .put("listen.host", "127.0.0.1")
                .put("auto-ports", true);
        gateway = household.start(name + "-gateway", how.apply(ExecPlan.of(Program.GATEWAY, settings, List.of())));
        return gateway.awaitReady(state.resolve("ready.json"), PATIENCE);
    }

    /** Starts one instance of the service behind a sidecar of its own. */
    Started startCheckout(int number) {
        Started started = startService("checkout", number, Map.of(), plan -> plan);
        checkouts.put(number, started);
        return started;
    }

    /** SIGKILL to the gateway and all that serves; the controller goes on. */
    @Override
    public void die() {
        checkouts.values().removeIf(started -> !started.process().isAlive());
        var all = new ArrayList<>(checkouts.values());
        all.add(gateway);
        var _ = Together.all(all.stream()
                .<Supplier<Object>>map(started -> () -> {
                    household.kill(started);
                    return started;
                })
                .toList());
        // What the dead left says that they are there.
        dir.resolve("gateway/ready.json").toFile().delete();
        checkouts
                .keySet()
                .forEach(number -> dir.resolve("checkout-" + number + "/ready.json")
                        .toFile()
                        .delete());
    }

    @Override
    public void comeBack() {
        var work = new ArrayList<Supplier<Object>>(List.of(this::restartGateway));
        List.copyOf(checkouts.keySet())
                .forEach(number -> work.add(() -> {
                    awaitCheckout(startCheckout(number), number);
                    return number;
                }));
        var _ = Together.all(work);
    }

    /**
     * Starts one instance of a service behind a sidecar of its own.
     * @param more further keys of the sidecar
     * @param how  a say in how the process is started
     */
    Started startService(String service, int number, Map<String, String> more, UnaryOperator<ExecPlan> how) {
        Path state = dir.resolve(service + "-" + number);
        int port = QuietPort.free();
        Settings settings = sidecar(state, token(state, service))
                .put("service", NAMESPACE + "/" + service)
                .put("service-port", 80)
                .put("app-port", port)
                .put("app-protocol", "http")
                .putAll(more);
        var app = java(CheckoutApp.class, List.of(Integer.toString(port), name, name + "-" + number));
        return household.start(
                name + "-" + service + "-" + number, how.apply(ExecPlan.of(Program.SIDECAR, settings, app)));
    }

    /** Waits until that instance's sidecar is ready. */
    void awaitCheckout(Started started, int number) {
        awaitService(started, "checkout", number);
    }

    /** Waits until that instance's sidecar is ready. */
    void awaitService(Started started, String service, int number) {
        started.awaitReady(dir.resolve(service + "-" + number).resolve("ready.json"), PATIENCE);
    }

    /** Starts the calling workload; its lines come on standard output. */
    Started startCaller(String url, int perSecond, Map<String, String> failover) {
        Path state = dir.resolve("frontend");
        Settings settings = sidecar(state, token(state, "frontend")).putAll(failover);
        var client = java(LoadClient.class, List.of(url, Integer.toString(perSecond)));
        Started caller = household.start(name + "-frontend", ExecPlan.of(Program.SIDECAR, settings, client), true);
        caller.awaitReady(state.resolve("ready.json"), PATIENCE);
        return caller;
    }

    private static Settings sidecar(Path state, String token) {
        return new Settings("sidecar.")
                .put("state-dir", state)
                .put("token-file", token)
                .put("auto-ports", true);
    }

    /** A token for a workload that never ran; one that did has a key of its own. */
    private String token(Path state, String account) {
        if (state.resolve("node.key").toFile().exists()) {
            return "";
        }
        Path file = state.resolveSibling(state.getFileName() + ".token");
        makeToken(
                "/workload-tokens", ApiClient.body().put("namespace", NAMESPACE).put("account", account), file);
        return file.toString();
    }

    /** As `gateway token create` and `workload token create` do, without a word. */
    private void makeToken(String path, ObjectNode wanted, Path file) {
        var api = new ApiClient(Contexts.ofUser().require(name));
        String token = api.post(path, wanted.put("ttlSeconds", TOKEN_SECONDS))
                .path("token")
                .asText();
        SecretFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> java(Class<?> main, List<String> arguments) {
        var line = new ArrayList<>(List.of(
                System.getProperty("tombolo.java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx48m",
                "-Xss512k",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED", // else the cache below does not fit
                "-XX:AOTCache=" + ExecPlan.installation().resolve("cli/target/program.aot"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        line.addAll(arguments);
        return line;
    }
}
