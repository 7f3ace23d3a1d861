package io.tombolo.it.actors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tombolo.cli.program.Program;
import io.tombolo.cli.program.Settings;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A gateway or sidecar process that can be killed and started again where it was. */
public final class ProxyProcess implements AutoCloseable {
    private final List<String> before;
    private final String name;
    private final Program program;
    private final Settings settings;
    private final Path state;
    private final String[] rest;
    private RunningProgram process;
    private JsonNode ready = MissingNode.getInstance();

    ProxyProcess(List<String> before, String name, Program program, Settings settings, Path state, List<String> rest) {
        this.before = before;
        this.name = name;
        this.program = program;
        this.settings = settings;
        this.state = state;
        this.rest = rest.toArray(String[]::new);
        this.process = RunningProgram.startBehind(before, name, program, settings, this.rest);
    }

    /** Waits until it says that it is ready. */
    public ProxyProcess awaitReady() {
        ready = Cluster.ready(process, state);
        return this;
    }

    /** What it said when it was ready: ports, instance. */
    public JsonNode ready() {
        return ready;
    }

    public RunningProgram process() {
        return process;
    }

    public Path state() {
        return state;
    }

    /** A number of its metrics page, summed over labels; 0 if there is none of that name. */
    public double counted(String metric) {
        return metrics()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Lines of its metrics page that begin so, in the page's order. */
    public List<String> counts(String prefix) {
        return metrics().filter(line -> line.startsWith(prefix)).toList();
    }

    private Stream<String> metrics() {
        String token = new String(SecretFile.read(state.resolve("admin.token")), StandardCharsets.US_ASCII);
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ready.path("adminPort").asInt() + "/metrics"))
                .header("Authorization", "Bearer " + token.strip())
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGKILL; a ready file that it leaves behind is removed, as a supervisor would. */
    public void kill() {
        process.kill();
        state.resolve("ready.json").toFile().delete();
    }

    /** SIGTERM. @return the exit code */
    public int stop() {
        return process.stop();
    }

    /** SIGTERM, not waiting for the end. */
    public void asksToEnd() {
        process.asksToEnd();
    }

    /** Waits until nobody listens on its data port. */
    public void awaitPortClosed() {
        Awaitility.await(name + " to stop listening")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !listens(ready.path("port").asInt()));
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** Waits for the end. @return the exit code */
    public int awaitEnd() {
        return process.awaitEnd();
    }

    /** Starts it again with what it had, and waits until it is ready. */
    public void startAgain() {
        startsAgain();
        awaitReady();
    }

    /** Starts it again where it was, with other settings, and waits until it is ready. */
    public void startAgainWith(Map<String, String> more) {
        settings.putAll(more);
        startAgain();
    }

    /** Starts it again with what it had, not waited for. */
    public void startsAgain() {
        process = RunningProgram.startBehind(before, name, program, settings, rest);
    }

    @Override
    public void close() {
        process.close();
    }
}
