package io.tombolo.dataplane.exchange;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that do not come. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TimeoutWalkTest {
    private final Mesh mesh = new Mesh();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @AfterEach
    void end() {
        end.complete(null);
        mesh.close();
    }

    private TestSidecar caller(Duration requestTimeout) {
        mesh.requestTimeout = requestTimeout;
        return mesh.sidecar(mesh.east, "frontend", 0, 0);
    }

    /** Reads whole requests and answers none. */
    private RawApp hanging() throws IOException {
        return RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            in.readNBytes(4);
            end.join();
        });
    }

    private static String request(TestSidecar caller, String method, String fields) {
        return method + " http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + fields
                + "Connection: close\r\nContent-Length: 4\r\n\r\nbody";
    }

    private static String send(TestSidecar caller, String method, String fields) throws IOException {
        return RawClient.once(caller.proxyPort(), request(caller, method, fields));
    }

    @Test
    void aConnectionThatComesTooLateForOneRequestIsThereForTheNext() throws IOException {
        // Given
        TestSidecar caller = caller(ofMillis(1_000));
        BlindGateway gateway = BlindGateway.to(
                mesh.inWest(1, RawApp.answering(RawApp.ok("west")).port()));
        mesh.westGateways.put(Mesh.instance(90), gateway.address());
        gateway.open = new CompletableFuture<>();
        mesh.push();
        // When
        assertThat(send(caller, "GET", "")).startsWith("HTTP/1.1 504 ");
        gateway.open.complete(null);
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (caller.peers.size() == 0) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.onSpinWait();
        }
        // Then: of two clients, one on each loop, one finds it there
        try (var one = new RawClient(caller.proxyPort());
                var other = new RawClient(caller.proxyPort())) {
            for (RawClient client : List.of(one, other)) {
                client.send(request(caller, "GET", ""));
                assertThat(client.answer()).endsWith("west");
            }
        }
        assertThat(gateway.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void anApplicationThatDoesNotAnswerIsToBlameAndIsNotAskedTwice() throws IOException {
        // Given
        TestSidecar caller = caller(ofMillis(300));
        RawApp first = hanging();
        RawApp second = hanging();
        mesh.inEast(1, first.port());
        mesh.inEast(2, second.port());
        mesh.push();
        // When
        String answer = send(caller, "PUT", "");
        // Then: not even what may be done twice
        assertThat(answer).startsWith("HTTP/1.1 504 ").contains("TB-2018", "no answer within");
        assertThat(first.connections.get() + second.connections.get())
                .isLessThanOrEqualTo(1); // 0 if the dial alone took as long
        assertThat(caller.counted("tombolo_blame_total{blame=\"APP\"}")
                        + caller.counted("tombolo_blame_total{blame=\"UNKNOWN\"}"))
                .isEqualTo(1); // whoever noticed first
    }

    @Test
    void theApplicationsOwnLimitCountsInsteadOfTheSidecars() throws IOException {
        // Given
        TestSidecar caller = caller(Duration.ofMinutes(5));
        mesh.inEast(1, hanging().port());
        mesh.push();
        // When
        String answer = send(caller, "POST", "Tombolo-Timeout: 150ms\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 504 ").contains("TB-2018");
    }

    @Test
    void theApplicationHearsHowLongItsCallerWaits() throws IOException {
        // Given
        TestSidecar caller = caller(Duration.ofSeconds(10));
        RawApp app = RawApp.answering(RawApp.ok("x"));
        mesh.inEast(1, app.port());
        mesh.push();
        // When
        RawClient.once(
                caller.proxyPort(),
                "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                        + "Connection: close\r\n\r\n");
        // Then: a little less, for the way
        assertThat(app.heads.getFirst().toLowerCase(java.util.Locale.ROOT))
                .containsPattern("tombolo-timeout: [0-9]{1,4}ms\r\n");
    }

    @Test
    void withoutALimitNothingIsSaid() throws IOException {
        // Given
        TestSidecar caller = caller(Duration.ZERO);
        RawApp app = RawApp.answering(RawApp.ok("x"));
        mesh.inEast(1, app.port());
        mesh.push();
        // When
        RawClient.once(
                caller.proxyPort(),
                "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization()
                        + "Tombolo-Timeout: soon\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(app.heads.getFirst().toLowerCase(java.util.Locale.ROOT)).doesNotContain("tombolo-timeout");
    }

    @Test
    void anAnswerThatHasBegunMayTakeLonger() throws IOException {
        // Given
        TestSidecar caller = caller(Duration.ofMinutes(5));
        var goOn = new CompletableFuture<Void>();
        RawApp slow = RawApp.start((in, out, socket) -> {
            if (RawApp.head(in).startsWith("PUT")) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsl".getBytes());
                goOn.join();
                out.write("ow".getBytes());
            } else {
                end.join();
            }
        });
        mesh.inEast(1, slow.port());
        mesh.push();
        try (var client = new RawClient(caller.proxyPort())) {
            client.send(request(caller, "PUT", "Tombolo-Timeout: 2s\r\n"));
            assertThat(RawApp.head(client.in)).startsWith("HTTP/1.1 200 ");
            // When: as long as the limit passes, which another request shows
            assertThat(send(caller, "POST", "Tombolo-Timeout: 2s\r\n")).startsWith("HTTP/1.1 504 ");
            goOn.complete(null);
            // Then
            assertThat(client.rest()).isEqualTo("slow");
        }
    }

    @Test
    void aSilentSidecarIsSkippedForAMomentAndNobodyIsEjected() throws IOException {
        // Given
        TestSidecar caller = caller(Duration.ofMinutes(5));
        TestSidecar server = mesh.inWest(1, RawApp.answering(RawApp.ok("west")).port());
        BlindGateway gateway = BlindGateway.to(server);
        mesh.westGateways.put(Mesh.instance(90), gateway.address());
        mesh.push();
        assertThat(send(caller, "POST", "")).endsWith("west");
        assertThat(send(caller, "POST", "")).endsWith("west");
        // When
        gateway.fallSilent();
        String answer = send(caller, "POST", "Tombolo-Timeout: 300ms\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 504 ").contains("TB-2018");
        assertThat(caller.metrics.fault(Fault.REQUEST_TIMEOUT).value()).isEqualTo(1);
        assertThat(caller.counted("tombolo_blame_total{blame=\"UNKNOWN\"}")).isPositive();
        assertThat(caller.summed("tombolo_ejections_total")).isZero();
    }
}
