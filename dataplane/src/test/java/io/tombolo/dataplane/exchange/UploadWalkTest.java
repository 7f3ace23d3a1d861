package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServicePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests with much in them, and who they are for takes little. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UploadWalkTest {
    private static final String COUNTED = "tombolo_faults_total{code=\"TB-2071\"}";
    private static final int LARGE = 32 * 1_048_576;

    private final Mesh mesh = new Mesh(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    UploadWalkTest() {
        HttpLimits usual = HttpLimits.DEFAULT;
        mesh.http = new HttpLimits(
                usual.maxHeadBytes(),
                usual.maxFields(),
                usual.maxTrailerBytes(),
                usual.headTimeout(),
                usual.bodyTimeout(),
                usual.idleTimeout(),
                Duration.ofMillis(500),
                usual.maxKeptBytes());
    }

    @AfterEach
    void end() throws Exception {
        end.complete(null);
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        mesh.close();
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private TestSidecar caller() {
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        return caller;
    }

    /** Reads the head, and nothing of the body. */
    private RawApp readingHeadsOnly() throws IOException {
        return opened(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            end.join();
        }));
    }

    /** Speaks HTTP/2, reads whatever comes, and never says that there is room for more of a body. */
    private RawApp openingNoWindow() throws IOException {
        return opened(RawApp.start((in, out, socket) -> {
            out.write(new byte[] {0, 0, 0, RawHttp2.SETTINGS, 0, 0, 0, 0, 0});
            out.write(new byte[] {0, 0, 0, RawHttp2.SETTINGS, RawHttp2.ACK, 0, 0, 0, 0});
            in.transferTo(OutputStream.nullOutputStream());
        }));
    }

    /** A peer of the service that nobody knows the inside of. */
    private void peer(RawApp inside, Alpn spoken) {
        BareTls peer = opened(BareTls.server(mesh, mesh.east, "checkout", Mesh.instance(1), inside.port(), spoken));
        mesh.eastInstances.put(Mesh.instance(1), new HostPort("127.0.0.1", peer.port()));
    }

    private String uploads(TestSidecar caller) throws IOException {
        RawClient client = opened(new RawClient(caller.bind(Mesh.http())));
        client.send("PUT /large HTTP/1.1\r\nHost: checkout.shop\r\nContent-Length: " + LARGE + "\r\n\r\n");
        RawApp.run(() -> sendAll(client.socket));
        return client.answer();
    }

    private static void sendAll(Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (int sent = 0; sent < LARGE; sent += 65_536) {
                out.write(new byte[65_536]);
            }
        } catch (IOException refused) {
            // the answer says why
        }
    }

    /** As much as there is a window for at the nearest sidecar. */
    private String uploadsByHttp2(TestSidecar caller, ServicePort service) throws IOException {
        RawHttp2 client = opened(new RawHttp2(caller.bind(service)));
        client.await(RawHttp2.SETTINGS, 0);
        client.await(RawHttp2.WINDOW_UPDATE, 0);
        client.frame(RawHttp2.SETTINGS, RawHttp2.ACK, 0, new byte[0]);
        client.headers(1, false, ":method", "PUT", ":scheme", "http", ":authority", "checkout.shop", ":path", "/");
        for (int sent = 0; sent < 98_304; sent += 16_384) {
            client.data(1, false, "x".repeat(16_384));
        }
        return client.answer(1);
    }

    private void isTheApplicationsDoing(TestSidecar caller, TestSidecar server) {
        assertThat(server.counted(COUNTED)).isEqualTo(1);
        assertThat(server.summed("tombolo_requests_total", "blame=\"APP\"", "fault=\"TB-2071\""))
                .isEqualTo(1);
        assertThat(caller.counted(COUNTED))
                .as("what its sidecar says is not found out again")
                .isZero();
        assertThat(caller.summed("tombolo_requests_total", "blame=\"APP\"", "fault=\"TB-2071\""))
                .isEqualTo(1);
        assertThat(caller.counted("tombolo_blame_total{blame=\"APP\"}")).isEqualTo(1);
        isNobodyElses(caller);
    }

    private void isNobodyElses(TestSidecar caller) {
        assertThat(caller.summed("tombolo_requests_total")).isEqualTo(1);
        assertThat(caller.summed("tombolo_requests_total", "blame=\"CLIENT\"")).isZero();
        Awaitility.await("nothing is in work for it").until(() -> mesh.inWork() == 0);
    }

    @Test
    void anApplicationThatTakesNothingOfAnUploadIsToBlame() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(1, readingHeadsOnly().port());
        TestSidecar caller = caller();
        // When
        String answer = uploads(caller);
        // Then
        assertThat(answer).startsWith("HTTP/1.1 504 ").contains("TB-2071");
        isTheApplicationsDoing(caller, server);
    }

    @Test
    void theSameOverHttp2() throws IOException {
        // Given
        mesh.grpcAppPort = openingNoWindow().port();
        TestSidecar server = mesh.inEast(1, 1);
        TestSidecar caller = caller();
        // When
        String answer = uploadsByHttp2(caller, Mesh.grpc());
        // Then
        assertThat(answer).contains(":status=504").contains("TB-2071");
        isTheApplicationsDoing(caller, server);
    }

    @Test
    void anApplicationThatTakesAllGetsAll() throws IOException {
        // Given
        RawApp app = opened(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            long got = skip(in);
            out.write(RawApp.ok("got " + got).getBytes(StandardCharsets.US_ASCII));
        }));
        TestSidecar server = mesh.inEast(1, app.port());
        TestSidecar caller = caller();
        // When
        String answer = uploads(caller);
        // Then
        assertThat(answer).endsWith("got " + LARGE);
        assertThat(server.counted(COUNTED) + caller.counted(COUNTED)).isZero();
    }

    private static long skip(InputStream in) throws IOException {
        in.skipNBytes(LARGE);
        return LARGE;
    }

    @Test
    void aPeerThatTakesNothingOfAnUploadIsGivenUpAndNobodyKnowsWhy() throws IOException {
        // Given
        peer(readingHeadsOnly(), Alpn.HTTP_1_1);
        TestSidecar caller = caller();
        // When
        String answer = uploads(caller);
        // Then
        assertThat(answer).startsWith("HTTP/1.1 504 ").contains("TB-2071");
        isFoundOutByTheCaller(caller);
    }

    @Test
    void aPeerWithoutAWindowIsGivenUpAsWell() throws IOException {
        // Given
        peer(openingNoWindow(), Alpn.H2);
        TestSidecar caller = caller();
        // When
        String answer = uploadsByHttp2(caller, Mesh.http());
        // Then
        assertThat(answer).contains(":status=504").contains("TB-2071");
        isFoundOutByTheCaller(caller);
    }

    private void isFoundOutByTheCaller(TestSidecar caller) {
        assertThat(caller.counted(COUNTED)).isEqualTo(1);
        assertThat(caller.summed("tombolo_requests_total", "blame=\"UNKNOWN\"", "fault=\"TB-2071\""))
                .isEqualTo(1);
        isNobodyElses(caller);
    }
}
