package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Ports;
import io.tombolo.benchmarks.place.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** HAProxy: mode tcp, backend by {@code req.ssl_sni}; one thread. */
public final class Haproxy {
    private static final String CONFIG = """
            global
              nbthread 1
              maxconn 4096
            defaults
              mode tcp
              timeout connect 2s
              timeout client 1h
              timeout server 1h
            frontend passthrough
              bind 127.0.0.1:%d
              tcp-request inspect-delay 5s
              tcp-request content accept if { req.ssl_hello_type 1 }
              use_backend app if { req.ssl_sni -i %s }
            backend app
              server app 127.0.0.1:%d
            """;

    private Haproxy() {}

    /**
     * Starts it.
     * @throws Missing if there is none
     */
    public static Contender start(Workshop workshop, String serverName, int backendPort) throws Missing {
        int port = Ports.free();
        return start(workshop, "haproxy", CONFIG.formatted(port, serverName, backendPort), port);
    }

    static Contender start(Workshop workshop, String name, String configuration, int port) throws Missing {
        Path program = Tool.onPath("haproxy")
                .orElseThrow(() -> new Missing("haproxy is not on PATH; on Debian: apt-get install haproxy"));
        Path config = workshop.write(name + ".cfg", configuration);
        Child child = Child.start(
                        name,
                        List.of(program.toString(), "-db", "-f", config.toString()),
                        Map.of(),
                        workshop.directory())
                .await(() -> Ports.answers(port), Duration.ofSeconds(10));
        return new Contender("HAProxy", Tool.version(program, "-v"), child, port);
    }
}
