package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.Samples;
import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.demo.CheckoutApp;
import io.tombolo.cli.demo.LoadClient;
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.trustbundle.key.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long after an export in one cluster a caller's request in another one is answered. Three clusters with 100 exported
 * services each; one service of west is exported and withdrawn again and again, and a caller in east asks for it through its
 * sidecar every 10 ms.
 */
public final class RoutableBench {
    private static final int SERVICES = 100;

    /** Programs that just started, and have 300 exports to digest. */
    private static final int FIRST_ROUNDS = 10;

    private static final String TARGET = "target";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The goal for the 99th percentile: what is slower is shown with its time, to be looked for in the logs. */
    private static final double SLOW_MILLIS = 250;

    private final Workshop workshop;
    private final ApiClient east;
    private final ApiClient west;
    private final ApiClient south;

    private RoutableBench(Workshop workshop) {
        this.workshop = workshop;
        this.east = new ApiClient(Contexts.ofUser().require("east"));
        this.west = new ApiClient(Contexts.ofUser().require("west"));
        this.south = new ApiClient(Contexts.ofUser().require("south"));
    }

    /** @param rounds exports that are timed */
    public static void run(int rounds) {
        Workshop workshop = Workshop.open("routable");
        try (Demo demo = Demo.run(workshop)) {
            System.setProperty(
                    Contexts.FILE_PROPERTY,
                    demo.stateDirectory().resolve("contexts.yaml").toString());
            new RoutableBench(workshop).measure(rounds);
        }
    }

    private void measure(int rounds) {
        for (ApiClient cluster : List.of(east, west, south)) {
            cluster.postYaml("/resources", manyExports());
        }
        int port = Ports.free();
        try (Child served = serve(port);
                Child caller = call()) {
            var answers = new Answers(workshop.file("caller.log"), caller);
            var table =
                    new Columns("export acknowledged \u2192 answered elsewhere", "p50 ms", "p99 ms", "most ms", "n");
            row(table, "the first, right after " + 3 * SERVICES + " exports", rounds(FIRST_ROUNDS, answers));
            row(table, "3 clusters \u00d7 " + SERVICES + " services", rounds(rounds, answers));
            if (!served.isAlive()) {
                throw new IllegalStateException("the service ended while it was measured");
            }
            System.out.println(table);
        }
    }

    private Samples rounds(int rounds, Answers answers) {
        var millis = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            millis.add(once(answers));
            if (millis.getLast() > SLOW_MILLIS) {
                System.out.printf("round %d: %.0f ms, at %s%n", round + 1, millis.getLast(), Instant.now());
            }
        }
        return Samples.of(millis);
    }

    private double once(Answers answers) {
        long asked = System.currentTimeMillis() * 1_000;
        west.postYaml("/resources", export(TARGET));
        long acknowledged = System.currentTimeMillis() * 1_000;
        long answered = answers.await(asked, true, PATIENCE);
        west.delete("/resources/ServiceExport/shop/" + TARGET);
        answers.await(System.currentTimeMillis() * 1_000, false, PATIENCE);
        Pause.forAbout(Duration.ofMillis(200));
        return Math.max(0, answered - acknowledged) / 1_000.0;
    }

    private static void row(Columns table, String what, Samples millis) {
        table.row(
                what,
                Long.toString(Math.round(millis.percentile(50))),
                Long.toString(Math.round(millis.percentile(99))),
                Long.toString(Math.round(millis.most())),
                Integer.toString(millis.count()));
    }

    private Child serve(int port) {
        Settings settings = sidecar("target", token(west, TARGET))
                .put("service", "shop/" + TARGET)
                .put("service-port", 80)
                .put("app-port", port)
                .put("app-protocol", "http");
        var app = java(CheckoutApp.class, List.of(Integer.toString(port), "west", "west-target"));
        Child child = Child.start("target", ExecPlan.of(Program.SIDECAR, settings, app), workshop.directory());
        return child.await(
                () -> workshop.file("target").resolve("ready.json").toFile().exists(), PATIENCE);
    }

    private Child call() {
        Settings settings = sidecar("caller", token(east, "caller"));
        var client = java(LoadClient.class, List.of("http://" + TARGET + ".shop.svc.clusterset.local", "100"));
        Child child = Child.start("caller", ExecPlan.of(Program.SIDECAR, settings, client), workshop.directory());
        return child.await(
                () -> workshop.file("caller").resolve("ready.json").toFile().exists(), PATIENCE);
    }

    private Settings sidecar(String name, Path token) {
        return new Settings("sidecar.")
                .put("state-dir", workshop.file(name))
                .put("token-file", token)
                .put("auto-ports", true);
    }

    private Path token(ApiClient cluster, String account) {
        var wanted = ApiClient.body()
                .put("namespace", "shop")
                .put("account", account)
                .put("ttlSeconds", 300);
        String token = cluster.post("/workload-tokens", wanted).path("token").asText();
        Path file = workshop.file(account + ".token");
        SecretFile.write(file, token.getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    private static String manyExports() {
        var yaml = new StringBuilder();
        for (int i = 0; i < SERVICES; i++) {
            yaml.append(export("service-" + i)).append("---\n");
        }
        return yaml.substring(0, yaml.length() - 4);
    }

    private static String export(String name) {
        return """
                apiVersion: tombolo.io/v1
                kind: ServiceExport
                metadata: {name: %s, namespace: shop}
                spec: {ports: [{port: 80, name: http, appProtocol: http}]}
                """.formatted(name);
    }

    private static List<String> java(Class<?> main, List<String> arguments) {
        var line = new ArrayList<>(List.of(
                System.getProperty("tombolo.java"),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        line.addAll(arguments);
        return line;
    }
}
