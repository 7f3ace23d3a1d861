package io.tombolo.cli.running;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The administrator's port of one sidecar: loopback only, so in clear. */
public final class AdminPage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunningSidecar sidecar;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    private AdminPage(RunningSidecar sidecar) {
        this.sidecar = sidecar;
    }

    public static AdminPage of(RunningSidecar sidecar) {
        return new AdminPage(sidecar);
    }

    /** Reads a page of JSON; blocks for at most 5 s. */
    public JsonNode get(String path) {
        try {
            return new ObjectMapper().readTree(text(path));
        } catch (JsonProcessingException notJson) {
            throw noAnswer(notJson);
        }
    }

    /** Reads a page as it is; blocks for at most 5 s. */
    public String text(String path) {
        return lines(path).collect(Collectors.joining("\n"));
    }

    /**
     * Reads a page that goes on; blocks until {@code line} wants no more, or the sidecar ends it.
     * @param line gets each line, and says whether to go on
     */
    public void follow(String path, Predicate<String> line) {
        try (Stream<String> lines = lines(path)) {
            Iterator<String> each = lines.iterator();
            while (each.hasNext() && line.test(each.next())) {
                // the line was dealt with
            }
        } catch (UncheckedIOException ended) {
            throw noAnswer(ended);
        }
    }

    /** The time limit is for the answer's head. */
    private Stream<String> lines(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sidecar.adminPort() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + sidecar.token())
                .build();
        try {
            HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw refused(path, answer);
            }
            return answer.body();
        } catch (IOException noAnswer) {
            throw noAnswer(noAnswer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TomboloException(Fault.TIMED_OUT, "" + sidecar, "was not waited for", "", stopped);
        }
    }

    /** What the sidecar itself says to a question that it does not take is all that there is to say. */
    private TomboloException refused(String path, HttpResponse<Stream<String>> answer) {
        String said = answer.body().collect(Collectors.joining(" "));
        for (Fault fault : new Fault[] {Fault.TOO_MANY_TAPS, Fault.BAD_TAP_FILTER}) {
            String head = fault.code() + " " + fault.name() + " ";
            if (said.startsWith(head)) {
                return new TomboloException(fault, "" + sidecar, said.substring(head.length()), "");
            }
        }
        return new TomboloException(
                Fault.PEER_UNREACHABLE,
                sidecar + " on port " + sidecar.adminPort(),
                "answered " + answer.statusCode() + " to " + path,
                "it may be of another version, or have been restarted just now: try again");
    }

    private TomboloException noAnswer(Exception why) {
        return new TomboloException(
                Fault.PEER_UNREACHABLE,
                sidecar + " on port " + sidecar.adminPort(),
                "does not answer: " + why,
                "check that it still runs",
                why);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
