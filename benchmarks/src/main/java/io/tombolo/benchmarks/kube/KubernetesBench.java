package io.tombolo.benchmarks.kube;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Workshop;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** One controller on an API server, with many services of another cluster as its imports. */
public final class KubernetesBench {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(20);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(600);
    private static final int CHANGED_MEANWHILE = 100;
    private static final int AT_ONCE = 100;

    private final TestCluster cluster;
    private final TwoControllers controllers;
    private final Columns table = new Columns("what", "figure", "requests, by kind");

    private KubernetesBench(TestCluster cluster, TwoControllers controllers) {
        this.cluster = cluster;
        this.controllers = controllers;
    }

    /** Prints the table. @param imports how many; @param seconds of each window */
    public static void run(int imports, int seconds) {
        try (TestCluster cluster = TestCluster.open();
                var controllers = TwoControllers.start(Workshop.open("kubernetes"), cluster.kubeconfig())) {
            var bench = new KubernetesBench(cluster, controllers);
            bench.fills(imports);
            bench.window("requests while nothing changes", seconds, 0);
            bench.window("requests at 100 changes a minute", seconds, imports);
            bench.restarts(imports);
            System.out.println("On " + cluster.server() + ":\n" + bench.table);
        }
    }

    private void fills(int imports) {
        Asked before = cluster.asked();
        long begun = System.nanoTime();
        for (int first = 0; first < imports; first += AT_ONCE) {
            exports(first, Math.min(imports, first + AT_ONCE), "first");
        }
        double exported = seconds(begun);
        awaits(there -> there.size() == imports);
        row("exported by the other cluster", exported, Map.of());
        row("all " + imports + " are imports", seconds(begun), cluster.asked().since(before));
        Pause.forAbout(SETTLED_AFTER);
        ProcessFigures.Memory memory = ProcessFigures.memory(controllers.kubePid());
        table.row("memory of the controller", memory.resident() / 1_024 + " MiB resident", "");
    }

    /** @param among how many services one is changed every 600 ms; 0 = nothing is */
    private void window(String what, int seconds, int among) {
        Asked before = cluster.asked();
        long begun = System.nanoTime();
        for (int number = 0; seconds(begun) < seconds; number++) {
            if (among > 0) {
                export(number % among, "change-" + number);
            }
            Duration due = BETWEEN_CHANGES.multipliedBy(number + 1L).minusNanos(System.nanoTime() - begun);
            if (due.isPositive()) {
                Pause.forAbout(due);
            }
        }
        Map<String, Long> came = cluster.asked().since(before);
        long sum = came.values().stream().mapToLong(Long::longValue).sum();
        table.row(what, String.format(Locale.ROOT, "%.0f a minute", sum * 60.0 / seconds(begun)), came.toString());
    }

    private void restarts(int imports) {
        int changed = Math.min(CHANGED_MEANWHILE, imports);
        controllers.killKube();
        for (int number = 0; number < changed; number++) {
            export(number, "meanwhile");
        }
        Asked before = cluster.asked();
        long begun = System.nanoTime();
        controllers.startKubeAgain();
        row("ready after kill -9", seconds(begun), Map.of());
        awaits(there -> there.values().stream().filter("meanwhile"::equals).count() == changed);
        row(
                changed + " changes of meanwhile are there",
                seconds(begun),
                cluster.asked().since(before));
    }

    private void row(String what, double seconds, Map<String, Long> requests) {
        table.row(what, String.format(Locale.ROOT, "%.1f s", seconds), requests.isEmpty() ? "" : requests.toString());
    }

    private void export(int number, String label) {
        exports(number, number + 1, label);
    }

    private void exports(int first, int end, String label) {
        var documents = new StringBuilder();
        for (int number = first; number < end; number++) {
            documents.append("""
                    ---
                    apiVersion: tombolo.io/v1
                    kind: ServiceExport
                    metadata: {namespace: %s, name: service-%d}
                    spec: {ports: [{port: 80, name: http, appProtocol: http}], labels: {bench: %s}}
                    """.formatted(TestCluster.NAMESPACE, number, label));
        }
        controllers.api("west").postYaml("/resources", documents.toString());
    }

    private void awaits(Predicate<Map<String, String>> expected) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!expected.test(cluster.imports())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("imports are not there in " + PATIENCE);
            }
            Pause.forAbout(Duration.ofMillis(500));
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
