package io.tombolo.dataplane.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An Envoy of the test's own, on ports that it chose itself. */
final class EnvoyProcess implements AutoCloseable {
    /** What a test says that does not find it. */
    static final String MISSING = "no envoy: -Dtombolo.envoy names none, none is on PATH, and there is none below"
            + " benchmarks/target/peers, where `benchmarks/run peers` fetches it to";

    private final Process process;
    private final Map<String, Integer> ports = new HashMap<>();

    private EnvoyProcess(Process process) {
        this.process = process;
    }

    static Optional<Path> find() {
        return Optional.ofNullable(System.getProperty("tombolo.envoy"))
                .map(Path::of)
                .filter(Files::isExecutable)
                .or(EnvoyProcess::onPath)
                .or(EnvoyProcess::fetched);
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory, "envoy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> fetched() {
        Path peers = Path.of("..", "benchmarks", "target", "peers");
        if (!Files.isDirectory(peers)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(peers, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(file -> file.endsWith("_bin/envoy") && Files.isExecutable(file))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until it is ready. */
    static EnvoyProcess start(Path program, Path home, String configuration) throws IOException {
        Path config = Files.writeString(home.resolve("envoy.json"), configuration);
        Path admin = home.resolve("admin");
        Path log = home.resolve("envoy.log");
        var envoy = new EnvoyProcess(new ProcessBuilder(
                        program.toString(),
                        "--config-path",
                        config.toString(),
                        "--admin-address-path",
                        admin.toString(),
                        "--concurrency",
                        "1",
                        "--log-level",
                        "warning",
                        "--disable-hot-restart")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        try {
            Awaitility.await("envoy").atMost(Duration.ofSeconds(20)).until(() -> envoy.isReady(admin, log));
            return envoy;
        } catch (RuntimeException | Error notReady) {
            envoy.close();
            throw new IllegalStateException("envoy says " + Files.readString(log), notReady);
        }
    }

    private boolean isReady(Path admin, Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("envoy ended: " + Files.readString(log));
        }
        if (!Files.exists(admin) || Files.size(admin) == 0) {
            return false;
        }
        JsonNode all;
        try {
            all = new ObjectMapper()
                    .readTree(URI.create("http://" + Files.readString(admin) + "/listeners?format=json")
                            .toURL());
        } catch (IOException notYet) {
            return false;
        }
        for (JsonNode each : all.path("listener_statuses")) {
            ports.put(
                    each.path("name").asText(),
                    each.at("/local_address/socket_address/port_value").asInt());
        }
        return !ports.isEmpty() && ports.values().stream().allMatch(port -> port > 0);
    }

    int port(String listener) {
        return ports.getOrDefault(listener, 0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
