package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections through a gateway stay open, and nothing comes back by them: a stopped process, a network that swallows. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SilentPathWalkTest {
    private static final int FIRST = 90;
    private static final int SECOND = 91;

    private final Mesh mesh = new Mesh(1);
    private TestSidecar caller;
    private RawApp app;
    private TestSidecar server;
    private BlindGateway first;

    @BeforeEach
    void oneWayThatIsUsed() throws IOException {
        mesh.cutSilentAfter = Duration.ofMillis(500);
        caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        app = RawApp.answering(RawApp.ok("west"));
        server = mesh.inWest(1, app.port());
        first = BlindGateway.to(server);
        mesh.westGateways.put(Mesh.instance(FIRST), first.address());
        mesh.push();
        assertThat(send("GET")).endsWith("west");
    }

    @AfterEach
    void end() {
        mesh.close();
    }

    private void secondWay() throws IOException {
        mesh.westGateways.put(Mesh.instance(SECOND), BlindGateway.to(server).address());
        mesh.push();
    }

    private PathKey path(int gateway) {
        return new PathKey(mesh.west.id(), Mesh.instance(gateway));
    }

    private String send(String method) throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                method + " http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                        + "Connection: close\r\nContent-Length: 0\r\n\r\n");
    }

    /** Until the application was asked. */
    private CompletableFuture<String> begin(String method) {
        int before = app.heads.size();
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return send(method);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        while (app.heads.size() == before) {
            Thread.onSpinWait();
        }
        return answer;
    }

    @Test
    void whoWaitsThereAndMayAskTwiceIsAnsweredByAnotherWay() throws Exception {
        // Given
        first.fallSilent();
        CompletableFuture<String> waiting = begin("GET");
        secondWay();
        assertThat(waiting.isDone()).isFalse();
        // When
        caller.outbound.fellSilent(path(FIRST));
        // Then
        assertThat(waiting.get(5, TimeUnit.SECONDS)).endsWith("west");
        assertThat(caller.metrics.fault(Fault.PATH_SILENT).value()).isPositive();
    }

    @Test
    void keptConnectionsThereAreNotUsedAnyMore() throws Exception {
        // Given
        first.fallSilent();
        secondWay();
        // When
        caller.outbound.fellSilent(path(FIRST));
        // Then
        for (int i = 0; i < 6; i++) {
            assertThat(send("GET")).endsWith("west");
        }
    }

    @Test
    void whatMayNotBeSentTwiceWaitsAndIsCutInTheEnd() throws Exception {
        // Given
        first.fallSilent();
        CompletableFuture<String> waiting = begin("POST");
        secondWay();
        long since = System.nanoTime();
        // When
        caller.outbound.fellSilent(path(FIRST));
        // Then
        assertThat(waiting.get(5, TimeUnit.SECONDS)).startsWith("HTTP/1.1 502").contains("TB-2021");
        assertThat(System.nanoTime() - since).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void whatMayNotBeSentTwiceIsAnsweredWhenThePathSpeaksAgain() throws Exception {
        // Given
        first.back = new CompletableFuture<>();
        CompletableFuture<String> waiting = begin("POST");
        secondWay();
        caller.outbound.fellSilent(path(FIRST));
        // When
        first.back.complete(null);
        caller.outbound.measured(new PathHealth(mesh.west.id(), Mesh.instance(FIRST), 100, PathHealth.State.UP));
        // Then
        assertThat(waiting.get(5, TimeUnit.SECONDS)).endsWith("west");
    }

    @Test
    void whoHasNobodyElseToAskWaitsOn() throws Exception {
        // Given
        first.back = new CompletableFuture<>();
        CompletableFuture<String> waiting = begin("GET");
        // When
        caller.outbound.fellSilent(path(FIRST));
        first.back.complete(null);
        // Then
        assertThat(waiting.get(5, TimeUnit.SECONDS)).endsWith("west");
        assertThat(app.heads).hasSize(2);
    }

    @Test
    void aPathOnWhichNobodyAnswersANewHandshakeIsSilentWhenTheOwnGatewaysSaySo() throws Exception {
        // Given: seen to work once, and not measured here since
        first.fallSilent();
        CompletableFuture<String> waiting = begin("GET");
        mesh.gateway(SECOND);
        mesh.push();
        caller.outbound.measured(new PathHealth(mesh.west.id(), Mesh.instance(SECOND), 100, PathHealth.State.UP));
        // When
        mesh.measured = PathHealth.State.DOWN;
        mesh.push();
        // Then
        assertThat(waiting.get(10, TimeUnit.SECONDS)).endsWith("west");
    }
}
