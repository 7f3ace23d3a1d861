package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

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
}
