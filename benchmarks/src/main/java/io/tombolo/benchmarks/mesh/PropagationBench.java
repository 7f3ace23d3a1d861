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
import io.tombolo.cli.program.ExecPlan;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long after a change in one cluster the proxies of another one have the new shares. East and south serve a service that many
 * proxies of west follow; all of its traffic is moved from east to south, in three ways, and back. West's proxies are feed clients
 * in this process, which do all that a sidecar does with the feed, and two sidecars that are asked all the time. Counted from
 * before the change is given to east's controller.
 */
public final class PropagationBench {
    private static final ServiceName TARGET = new ServiceName("shop", "target");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MILLIS = 1e6;
    private static final int SIDECARS = 2;

    /** Rounds of each kind that are not counted: its code runs for the first time then, in all programs. */
    private static final int WARM_UP = 2;

    private final Workshop workshop;
    private final ApiClient east = new ApiClient(Contexts.ofUser().require("east"));
    private final ApiClient south = new ApiClient(Contexts.ofUser().require("south"));
    private final ApiClient west = new ApiClient(Contexts.ofUser().require("west"));
    private final List<FeedFollower> followers = new ArrayList<>();
    private final List<AnsweredBy> asked = new ArrayList<>();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final Columns table = new Columns("from the change, at", "p50 ms", "p99 ms", "most ms", "n");

    private PropagationBench(Workshop workshop) {
        this.workshop = workshop;
    }

    /**
     * Prints the table.
     * @param proxies feed clients in west
     * @param rounds  of each kind of change
     */
    public static void run(int proxies, int rounds) throws Exception {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // what feed clients would log is not looked at here
        Workshop workshop = Workshop.open("propagation");
        try (Demo demo = Demo.run(workshop)) {
            System.setProperty(
                    Contexts.FILE_PROPERTY,
                    demo.stateDirectory().resolve("contexts.yaml").toString());
            new PropagationBench(workshop).measure(proxies, rounds);
        }
    }

    private void measure(int proxies, int rounds) throws Exception {
        try {
            serve(east, "east");
            serve(south, "south");
            for (int i = 0; i < SIDECARS; i++) {
                asked.add(call("caller-" + i));
            }
            for (int i = 0; i < proxies; i++) {
                followers.add(FeedFollower.start(TARGET, "follower-" + i, token(west, "caller"), workshop));
            }
            policy("east");
            awaitAll("east");
            System.out.printf("%d feed clients and %d sidecars of west follow%n", proxies, SIDECARS);
            kind("a federation-wide policy", rounds, () -> policy("south"), () -> policy("east"));
            policy("east", "south");
            kind("an evacuation", rounds, this::evacuates, () -> east.delete("/evacuations/east"));
            kind("the exporter's instances go away", rounds, () -> drains(false), () -> drains(true));
            System.out.println(table);
        } finally {
            close();
        }
    }

    private void kind(String what, int rounds, Runnable change, Runnable back) {
        var each = new ArrayList<Double>();
        var last = new ArrayList<Double>();
        var answered = new ArrayList<Double>();
        for (int round = -WARM_UP; round < rounds; round++) {
            long from = System.nanoTime();
            change.run();
            awaitAll("south");
            if (round >= 0) {
                List<Double> took = followers.stream()
                        .map(one -> (one.goes().sinceNanos() - from) / MILLIS)
                        .toList();
                each.addAll(took);
                last.add(Samples.of(took).most());
                asked.forEach(one -> answered.add((one.answering().sinceNanos() - from) / MILLIS));
            }
            back.run();
            awaitAll("east");
            Pause.forAbout(Duration.ofMillis(500));
        }
        row(what + ": one proxy", each);
        row(what + ": the last of " + followers.size(), last);
        row(what + ": a request answered there", answered);
    }

    private void row(String what, List<Double> millis) {
        Samples samples = Samples.of(millis);
        table.row(
                what,
                Long.toString(Math.round(samples.percentile(50))),
                Long.toString(Math.round(samples.percentile(99))),
                Long.toString(Math.round(samples.most())),
                Integer.toString(samples.count()));
    }

    /** All proxies give everything to that cluster, and who asks is answered by it. */
    private void awaitAll(String cluster) {
        var wanted = new ClusterId(cluster);
        await(
                cluster,
                () -> followers.stream()
                        .allMatch(one -> one.goes().to().filter(wanted::equals).isPresent()));
        await(
                cluster,
                () -> asked.stream().allMatch(one -> one.answering().cluster().equals(cluster)));
    }

    private void await(String cluster, BooleanSupplier there) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not all gave everything to " + cluster + " within " + PATIENCE);
            }
            Pause.forAbout(Duration.ofMillis(5));
        }
    }

    /** East's, which is an authority: one cluster after the other. */
    private void policy(String... clusters) {
        String tiers = Stream.of(clusters)
                .map(cluster -> "{clusters: {only: [" + cluster + "]}}")
                .collect(Collectors.joining(", "));
        var _ = east.postYaml("/resources", """
                apiVersion: tombolo.io/v1
                kind: FailoverPolicy
                metadata: {name: propagation, namespace: tombolo-system}
                spec:
                  scope: Federation
                  tiers: [%s]
                  hold: 0s
                  failback: {ramp: 0s}
                """.formatted(tiers));
    }

    private void evacuates() {
        var _ = east.post(
                "/evacuations", ApiClient.body().put("cluster", "east").put("overMillis", 0));
    }

    private void drains(boolean undo) {
        var _ = east.post(
                "/drains", ApiClient.body().put("service", "target.shop").put("undo", undo));
    }

    private void serve(ApiClient cluster, String name) {
        var _ = cluster.postYaml("/resources", """
                apiVersion: tombolo.io/v1
                kind: ServiceExport
                metadata: {name: target, namespace: shop}
                spec: {ports: [{port: 80, name: http, appProtocol: http}]}
                """);
        int port = Ports.free();
        Settings settings = sidecar(name + "-target", tokenFile(cluster, name + "-target", "target"))
                .put("service", "shop/target")
                .put("service-port", 80)
                .put("app-port", port)
                .put("app-protocol", "http");
        start(name + "-target", settings, java(List.of(Integer.toString(port), name, name + "-target")));
    }

    private AnsweredBy call(String name) {
        int port = Ports.free();
        Settings settings =
                sidecar(name, tokenFile(west, name, "caller")).put("bind", "target.shop:80=127.0.0.1:" + port);
        start(name, settings, List.of());
        return new AnsweredBy(port);
    }

    private void start(String name, Settings settings, List<String> program) {
        Child child = Child.start(name, ExecPlan.of(Program.SIDECAR, settings, program), workshop.directory());
        started.add(child);
        var _ = child.await(
                () -> workshop.file(name).resolve("ready.json").toFile().exists(), PATIENCE);
    }

    private Settings sidecar(String name, Path token) {
        return new Settings("sidecar.")
                .put("state-dir", workshop.file(name))
                .put("token-file", token)
                .put("auto-ports", true);
    }

    private Path tokenFile(ApiClient cluster, String name, String account) {
        Path file = workshop.file(name + ".token");
        SecretFile.write(file, token(cluster, account).getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    private static String token(ApiClient cluster, String account) {
        var wanted = ApiClient.body()
                .put("namespace", "shop")
                .put("account", account)
                .put("ttlSeconds", 300);
        return cluster.post("/workload-tokens", wanted).path("token").asText();
    }

    private static List<String> java(List<String> arguments) {
        var line = new ArrayList<>(List.of(
                System.getProperty("tombolo.java"),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                CheckoutApp.class.getName()));
        line.addAll(arguments);
        return line;
    }

    private void close() throws Exception {
        asked.forEach(AnsweredBy::close);
        followers.forEach(FeedFollower::close);
        for (AutoCloseable one : started) {
            one.close();
        }
    }
}
