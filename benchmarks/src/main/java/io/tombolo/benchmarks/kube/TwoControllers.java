package io.tombolo.benchmarks.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A backbone, and two controllers of one federation: {@code west}, which exports, and {@code kube} on an API server. */
final class TwoControllers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final Path kubeconfig;
    private final int kubePort = Ports.free();
    private final int kubeProxies = Ports.free();
    private final Child backbone;
    private final Child west;
    private Child kube;

    private TwoControllers(Workshop workshop, Path kubeconfig) {
        this.workshop = workshop;
        this.kubeconfig = kubeconfig;
        Path state = workshop.file("backbone");
        var kafka = new Settings("").put("state-dir", state).put("listen.port", Ports.free());
        this.backbone = Child.start("backbone", ExecPlan.of(Program.KAFKA, kafka, List.of()), workshop.directory())
                .await(() -> Files.exists(connectionFile()), PATIENCE);
        this.west = controller("west", Ports.free(), Ports.free(), Map.of());
        this.kube = startKube();
    }

    static TwoControllers start(Workshop workshop, Path kubeconfig) {
        var both = new TwoControllers(workshop, kubeconfig);
        String recovery = Base64.getEncoder()
                .encodeToString(Ed25519Key.generate().publicKey().raw());
        both.ends(
                "west",
                both.api("west")
                        .post(
                                "/federation",
                                ApiClient.body()
                                        .put("name", "bench")
                                        .put(
                                                "backboneFile",
                                                both.connectionFile().toString())
                                        .put("recoveryPublicKey", recovery)));
        JsonNode token = both.api("west")
                .post("/tokens", ApiClient.body().put("cluster", "kube").put("ttlSeconds", 900));
        both.ends(
                "kube",
                both.api("kube")
                        .post(
                                "/federation/join",
                                ApiClient.body()
                                        .put("token", token.path("token").asText())
                                        .put("dryRun", false)));
        return both;
    }

    private Path connectionFile() {
        return workshop.file("backbone").resolve("admin/connection.properties");
    }

    private Child startKube() {
        return controller("kube", kubePort, kubeProxies, Map.of("kubernetes.config-file", kubeconfig.toString()));
    }

    private Child controller(String name, int api, int proxies, Map<String, String> more) {
        Path state = workshop.file(name);
        Settings settings = new Settings("controller.")
                .put("state-dir", state)
                .put("cluster", name)
                .put("context-file", contexts())
                .put("api.port", api)
                .put("proxies.port", proxies)
                .put("enrolment.port", Ports.free())
                .putAll(more);
        return Child.start(name, ExecPlan.of(Program.CONTROLLER, settings, List.of()), workshop.directory())
                .await(() -> Files.exists(state.resolve("ready.json")), PATIENCE);
    }

    private Path contexts() {
        return workshop.file("contexts.yaml");
    }

    /** Of {@code west} or {@code kube}. */
    ApiClient api(String cluster) {
        return new ApiClient(Contexts.in(contexts()).require(cluster));
    }

    private void ends(String cluster, JsonNode begun) {
        JsonNode job = begun;
        while (!Set.of("DONE", "PARTIAL").contains(job.path("state").asText())) {
            if (job.path("state").asText().equals("FAILED")) {
                throw new IllegalStateException(job.toString());
            }
            Pause.forAbout(Duration.ofMillis(100));
            job = api(cluster).get("/jobs/" + job.path("id").asText());
        }
    }

    long kubePid() {
        return kube.pid();
    }

    /** SIGKILL to the controller on the API server. */
    void killKube() {
        kube.kill();
        workshop.file("kube").resolve("ready.json").toFile().delete();
    }

    /** Starts it again where it was, and returns when it says that it is ready. */
    void startKubeAgain() {
        kube = startKube();
    }

    @Override
    public void close() {
        kube.close();
        west.close();
        backbone.close();
    }
}
