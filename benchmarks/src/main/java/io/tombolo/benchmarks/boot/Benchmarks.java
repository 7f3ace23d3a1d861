package io.tombolo.benchmarks.boot;

import io.tombolo.benchmarks.change.ChangeBench;
import io.tombolo.benchmarks.decision.DecisionBench;
import io.tombolo.benchmarks.http.HttpBench;
import io.tombolo.benchmarks.http.WayBench;
import io.tombolo.benchmarks.kube.KubernetesBench;
import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.mesh.MemoryBench;
import io.tombolo.benchmarks.mesh.NamesBench;
import io.tombolo.benchmarks.mesh.PropagationBench;
import io.tombolo.benchmarks.mesh.RoutableBench;
import io.tombolo.benchmarks.mesh.WalkBench;
import io.tombolo.benchmarks.passthrough.PassthroughBench;
import io.tombolo.benchmarks.terraform.TerraformBench;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What {@code benchmarks/run} starts. Arguments: what to measure, then {@code --name number} pairs. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "passthrough" -> PassthroughBench.run(options(arguments));
            case "http" -> HttpBench.hop(Wire.HTTP1, options(arguments));
            case "http2" -> HttpBench.hop(Wire.HTTP2, options(arguments));
            case "grpc" -> HttpBench.hop(Wire.GRPC, options(arguments));
            case "tcp" -> HttpBench.hop(Wire.TCP, options(arguments));
            case "handshakes" -> HttpBench.handshakes(options(arguments));
            case "way" -> WayBench.run(options(arguments));
            case "memory" -> MemoryBench.run();
            case "names" -> NamesBench.run(options(arguments).getOrDefault("services", 5_000));
            case "join" -> WalkBench.join(limited(arguments, "runs", 1));
            case "failover" -> WalkBench.failover(limited(arguments, "runs", 1));
            case "routable" -> RoutableBench.run(limited(arguments, "rounds", 50));
            case "propagation" ->
                PropagationBench.run(limited(arguments, "proxies", 200), limited(arguments, "rounds", 10));
            case "kubernetes" ->
                KubernetesBench.run(
                        options(arguments).getOrDefault("imports", 5_000), limited(arguments, "seconds", 60));
            case "terraform" ->
                TerraformBench.run(limited(arguments, "rounds", 7), limited(arguments, "resources", 200));
            case "decide" ->
                DecisionBench.run(
                        limited(arguments, "rounds", 40),
                        limited(arguments, "clusters", 500),
                        options(arguments).getOrDefault("services", 5_000));
            case "change" ->
                ChangeBench.run(
                        limited(arguments, "rounds", 40), options(arguments).getOrDefault("services", 5_000));
            default -> refuse();
        }
        System.exit(0); // Netty's helpers need not wind down
    }

    private static int limited(String[] arguments, String option, int byDefault) {
        return Math.clamp(options(arguments).getOrDefault(option, byDefault), 1, 1_000);
    }

    private static void refuse() {
        System.err.print(usage());
        System.exit(64);
    }

    /** The same text that {@code benchmarks/run} shows before anything is built. */
    private static String usage() {
        try (InputStream text = Benchmarks.class.getResourceAsStream("/usage.txt")) {
            return new String(Objects.requireNonNull(text, "usage.txt").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, Integer> options(String[] arguments) {
        var options = new HashMap<String, Integer>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length || !arguments[i + 1].matches("\\d{1,6}")) {
                System.err.printf("benchmarks: %s: expected --name number%n", arguments[i]);
                refuse();
            }
            options.put(arguments[i].substring(2), Integer.parseInt(arguments[i + 1]));
        }
        return options;
    }
}
