package io.tombolo.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tombolo.dataplane.fixture.Far;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The port that load balancers ask. */
class HealthPortTest {
    private final Loops loops = Loops.open(1);
    private final Metrics metrics = new Metrics();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean ready = true;
    private final AdminListener health = AdminListener.health(
            loops,
            new HealthSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2),
            false,
            new AdminPages().open("GET /readyz", () -> AdminAnswer.text(ready ? 200 : 503, "")),
            metrics);

    @AfterEach
    void end() {
        http.shutdownNow();
        health.close();
        loops.close();
    }

    private int ask(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer x")
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void itSaysWhetherNewConnectionsShouldComeAndNothingElse() throws Exception {
        assertThat(ask("GET", "/readyz")).isEqualTo(200);
        ready = false;
        assertThat(ask("GET", "/readyz")).isEqualTo(503);
        assertThat(ask("GET", "/metrics")).isEqualTo(404);
        assertThat(ask("POST", "/drain")).isEqualTo(404);
    }

    @Test
    void aStrangerTakesNoMoreThanItsPlaces() throws Exception {
        try (Socket first = Far.connect(health.port());
                Socket second = Far.connect(health.port());
                Socket third = Far.connect(health.port())) {
            await().until(() -> Far.isClosedByPeer(third));
            assertThat(metrics.fault(Fault.TOO_MANY_CONNECTIONS).value()).isEqualTo(1);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
        await().ignoreExceptions().until(() -> ask("GET", "/readyz") == 200);
    }
}
