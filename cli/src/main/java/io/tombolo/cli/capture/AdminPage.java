package io.tombolo.cli.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The administrator's port of one sidecar: loopback only, so in clear. */
final class AdminPage {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunningSidecar sidecar;

    private AdminPage(RunningSidecar sidecar) {
        this.sidecar = sidecar;
    }

    static AdminPage of(RunningSidecar sidecar) {
        return new AdminPage(sidecar);
    }

    /** Reads a page; blocks for at most 5 s. */
    JsonNode get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sidecar.adminPort() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + sidecar.token())
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new TomboloException(
                        Fault.PEER_UNREACHABLE,
                        sidecar + " on port " + sidecar.adminPort(),
                        "answered " + answer.statusCode() + " to " + path,
                        "it may be of another version, or have been restarted just now: try again");
            }
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException noAnswer) {
            throw new TomboloException(
                    Fault.PEER_UNREACHABLE,
                    sidecar + " on port " + sidecar.adminPort(),
                    "does not answer: " + noAnswer,
                    "check that it still runs",
                    noAnswer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TomboloException(Fault.TIMED_OUT, "" + sidecar, "was not waited for", "", stopped);
        }
    }
}
