package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Envoy: listener filter {@code tls_inspector}, a filter chain by server name, {@code tcp_proxy}; one worker. */
public final class Envoy {
    private static final String CONFIG = """
            static_resources:
              listeners:
              - address: {socket_address: {address: 127.0.0.1, port_value: %d}}
                listener_filters:
                - name: envoy.filters.listener.tls_inspector
                  typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector}
                filter_chains:
                - filter_chain_match: {server_names: ["%s"]}
                  filters:
                  - name: envoy.filters.network.tcp_proxy
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                      stat_prefix: passthrough
                      cluster: backend
              clusters:
              - name: backend
                type: STATIC
                connect_timeout: 2s
                load_assignment:
                  cluster_name: backend
                  endpoints:
                  - lb_endpoints:
                    - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
            """;

    private Envoy() {}

    /**
     * Starts it.
     * @throws Missing if there is none
     */
    public static Contender start(Workshop workshop, String serverName, int backendPort) throws Missing {
        int port = Ports.free();
        return start(workshop, "envoy", CONFIG.formatted(port, serverName, backendPort), port);
    }

    static Contender start(Workshop workshop, String name, String configuration, int port) throws Missing {
        Path program = find().orElseThrow(() -> new Missing(
                "envoy is neither on PATH nor below benchmarks/target/peers; `benchmarks/run peers` fetches it"));
        Path config = workshop.write(name + ".yaml", configuration);
        var command = List.of(
                program.toString(),
                "--config-path",
                config.toString(),
                "--concurrency",
                "1",
                "--log-level",
                "warning",
                "--disable-hot-restart");
        Child child = Child.start(name, command, Map.of(), workshop.directory())
                .await(() -> Ports.answers(port), Duration.ofSeconds(20));
        return new Contender("Envoy", Tool.version(program, "--version").strip(), child, port);
    }

    private static Optional<Path> find() {
        return Tool.onPath("envoy").or(() -> Tool.below(Workshop.home().resolve("benchmarks/target/peers"), "envoy"));
    }
}
