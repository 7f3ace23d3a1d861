package io.tombolo.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding a running sidecar by its state directory, and asking it. */
class RunningSidecarTest {
    @TempDir
    private Path home;

    private Path state(String name, String program, long pid, int adminPort) throws IOException {
        Path state = Files.createDirectories(home.resolve(name));
        Files.writeString(
                state.resolve("ready.json"),
                "{\"program\":\"" + program + "\",\"pid\":" + pid + ",\"adminPort\":" + adminPort + "}");
        Files.writeString(state.resolve("admin.token"), "secret\n");
        return state;
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    @Test
    void theSidecarIsAskedWithItsOwnToken() throws Exception {
        // Given
        HttpServer admin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        admin.createContext("/capture", exchange -> {
            boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"live\":\"proxy\",\"rungs\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        admin.start();
        try {
            Path state = state("one", "sidecar", self(), admin.getAddress().getPort());
            // When
            JsonNode answer = AdminPage.of(RunningSidecar.in(state)).get("/capture");
            // Then
            assertThat(answer.path("live").asText()).isEqualTo("proxy");
        } finally {
            admin.stop(0);
        }
    }

    @Test
    void theOnlyRunningOneNeedsNotBeNamedAndOneThatWasKilledDoesNotCount() throws Exception {
        // Given
        state("killed", "sidecar", Long.MAX_VALUE, 1);
        Path running = state("running", "sidecar", self(), 1);
        // When
        RunningSidecar found = RunningSidecar.only(home);
        // Then
        assertThat(found.stateDir()).isEqualTo(running);
        assertThat(found.toString()).doesNotContain("secret");
    }

    @Test
    void whoCannotBeMeantIsSaidWithWhatToDo() throws Exception {
        // Given
        Path gateway = state("gateway", "gateway", self(), 1);
        // Then
        assertThatThrownBy(() -> RunningSidecar.in(gateway))
                .hasMessageContaining("the state of another program: gateway");
        assertThatThrownBy(() -> RunningSidecar.in(home.resolve("nowhere")))
                .hasMessageContaining("TB-6003")
                .hasMessageContaining("no sidecar serves from there");
        assertThatThrownBy(() -> RunningSidecar.only(home.resolve("nowhere"))).hasMessageContaining("--state-dir");
        state("other", "sidecar", self(), 1);
        assertThatThrownBy(() -> RunningSidecar.only(home)).hasMessageContaining("several running sidecars");
    }

    @Test
    void oneThatDoesNotAnswerIsSaidSo() throws Exception {
        Path state = state("deaf", "sidecar", self(), 1);
        assertThatThrownBy(() -> AdminPage.of(RunningSidecar.in(state)).get("/capture"))
                .hasMessageContaining("TB-2010")
                .hasMessageContaining("does not answer");
    }
}
