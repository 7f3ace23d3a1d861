package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.model.name.Alpn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for much and take little. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TakingWalkTest {
    private static final String COUNTED = "tombolo_faults_total{code=\"TB-2070\"}";
    private static final String GET = "GET /large HTTP/1.1\r\nHost: checkout.shop\r\n";
    private static final int LARGE = 16 * 1_048_576;

    private final Mesh mesh = new Mesh(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RawApp app;

    TakingWalkTest() throws IOException {
        app = RawApp.start((in, out, socket) -> {
            for (String head = RawApp.head(in); !head.isEmpty(); head = RawApp.head(in)) {
                int length = head.startsWith("GET /large ") ? LARGE : 60_000;
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(new byte[length]);
            }
        });
        opened.add(app);
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
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        mesh.close();
    }

    private TestSidecar caller() {
        mesh.inEast(1, app.port());
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        return caller;
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    @Test
    void aClientThatTakesNothingIsCutOff() throws IOException {
        // Given
        TestSidecar caller = caller();
        RawClient client = opened(new RawClient(caller.bind(Mesh.http())));
        // When
        client.send(GET + "\r\n");
        // Then
        Awaitility.await().until(() -> caller.counted(COUNTED) == 1);
        Awaitility.await("nothing is in work for it").until(() -> mesh.inWork() == 0);
    }

    @Test
    void aClientThatTakesAllGetsAll() throws IOException {
        // Given
        TestSidecar caller = caller();
        RawClient client = opened(new RawClient(caller.bind(Mesh.http())));
        // When
        client.send(GET + "Connection: close\r\n\r\n");
        // Then
        assertThat(client.rest()).hasSizeGreaterThan(LARGE);
        assertThat(caller.counted(COUNTED)).isZero();
    }

    @Test
    void aStreamWithoutAWindowIsReset() throws IOException {
        // Given: a member that has no window for bodies, but one for heads
        TestSidecar server = mesh.inEast(1, app.port());
        mesh.push();
        BareTls member = opened(BareTls.caller(mesh, mesh.east, "frontend", server, Alpn.H2));
        RawHttp2 client = opened(new RawHttp2(member.port()));
        client.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
        // When: one answer is larger than what is kept for it, the other one is not
        client.get(1, "/large");
        client.get(3, "/small");
        // Then
        assertThat(client.await(RawHttp2.RST_STREAM, 1).error()).isEqualTo(11);
        Awaitility.await().until(() -> server.counted(COUNTED) == 2);
        Awaitility.await("nothing is in work for them").until(() -> mesh.inWork() == 0);
    }

    @Test
    void aConnectionOfHttp2ThatNobodyReadsIsCut() throws IOException {
        // Given: windows for everything
        TestSidecar caller = caller();
        RawHttp2 client = opened(new RawHttp2(caller.bind(Mesh.http())));
        client.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 4, 0x7f, -1, -1, -1});
        client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0x7f, 0, 0, 0});
        // When
        client.get(1, "/large");
        // Then
        Awaitility.await().until(() -> caller.counted(COUNTED) >= 1);
        Awaitility.await("nothing is in work for it").until(() -> mesh.inWork() == 0);
    }
}
