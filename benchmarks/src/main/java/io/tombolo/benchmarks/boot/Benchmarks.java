package io.tombolo.benchmarks.boot;

import io.tombolo.benchmarks.http.HttpBench;
import io.tombolo.benchmarks.http.WayBench;
import io.tombolo.benchmarks.load.Wire;
import io.tombolo.benchmarks.mesh.MemoryBench;
import io.tombolo.benchmarks.mesh.RoutableBench;
import io.tombolo.benchmarks.mesh.WalkBench;
import io.tombolo.benchmarks.passthrough.PassthroughBench;
import java.util.HashMap;
import java.util.Map;

/** What {@code benchmarks/run} starts. Arguments: what to measure, then {@code --name number} pairs. */
public final class Benchmarks {
    private static final String USAGE = """
            Usage: benchmarks/run WHAT [--OPTION NUMBER]…

              peers        fetch Envoy into benchmarks/target/peers; look for HAProxy
              passthrough  CPU time and throughput of a gateway beside Envoy and HAProxy, one worker each
                           --rounds 7  --seconds 4 (of one window)  --connections 32
              http         CPU time, throughput and latency of a sidecar beside Envoy and HAProxy, one hop out and in
                           --rounds 7  --seconds 3 (of one window)  --connections 32  --rate 2000  --services 100
                           --warm-up 90 (seconds at most, until it gets no cheaper)
              http2        the same of HTTP/2 on both sides                 --connections 4  --streams 8 (on each)
              grpc         the same of unary gRPC                           --connections 4  --streams 8
              tcp          the same of TCP, 64 bytes there, 64 bytes or 1 MiB back   --connections 32
              way          latency of sidecar, gateway, sidecar beside three Envoys and beside none, at a fixed rate
                           --rounds 7  --seconds 3  --connections 32  --rate 1000  --services 100  --warm-up 90
              handshakes   CPU time of a new mutual TLS connection      --rounds 7  --seconds 3  --warm-up 90
              memory       of every program of `tombolo demo` after its walk
              join         the demo's steps and their times               --runs 1
              failover     what each failover of the demo costs           --runs 1
              routable     from an export to an answer in another cluster --rounds 50
            """;

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
            case "join" -> WalkBench.join(limited(arguments, "runs", 1));
            case "failover" -> WalkBench.failover(limited(arguments, "runs", 1));
            case "routable" -> RoutableBench.run(limited(arguments, "rounds", 50));
            default -> refuse();
        }
        System.exit(0); // Netty's helpers need not wind down
    }

    private static int limited(String[] arguments, String option, int byDefault) {
        return Math.clamp(options(arguments).getOrDefault(option, byDefault), 1, 1_000);
    }

    private static void refuse() {
        System.err.print(USAGE);
        System.exit(64);
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
