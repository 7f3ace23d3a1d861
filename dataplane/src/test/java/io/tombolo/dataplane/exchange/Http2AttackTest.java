package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that attacks its own sidecar. */
class Http2AttackTest extends Http2Attacks {
    Http2AttackTest() throws IOException {}

    @Override
    Door open() {
        mesh.inEast(1, app.port());
        TestSidecar caller = mesh.sidecar(mesh.east, "web", 9, 0);
        mesh.push();
        return new Door(caller.bind(Mesh.http()), caller.metrics);
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws IOException {
        // Given
        RawHttp2 client = client();
        // When: all before the first can be answered
        client.atOnce(() -> {
            for (int i = 0; i <= 256; i++) {
                client.headers(2 * i + 1, false, fields(":method=POST|:scheme=http|:authority=checkout.shop|:path=/"));
            }
        });
        // Then
        RawHttp2.Frame refused = client.await(RawHttp2.RST_STREAM, 513);
        assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
    }

    @ParameterizedTest
    @CsvSource({"stream_window_bytes, 1, 9", "connection_window_bytes, 8, 8"})
    void whoSendsMoreThanAWindowIsCounted(String limit, int streams, int parts) throws IOException {
        RawHttp2 client = client();
        String part = "x".repeat(16_000);
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // Given: whoever could take it says nothing when the sidecar dials
            mesh.eastInstances.replaceAll((_, _) -> new HostPort("127.0.0.1", silent.getLocalPort()));
            mesh.push();
            // When
            client.atOnce(() -> {
                for (int i = 0; i < streams; i++) {
                    client.headers(
                            2 * i + 1, false, fields(":method=POST|:scheme=http|:authority=checkout.shop|:path=/"));
                }
                for (int sent = 0; sent < parts; sent++) {
                    for (int i = 0; i < streams; i++) {
                        client.data(2 * i + 1, false, part);
                    }
                }
            });
            // Then
            Awaitility.await("the door counts it").until(() -> counted(limit) == 1);
        }
    }
}
