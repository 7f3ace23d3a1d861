package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a cluster whose instances are not known one by one: its health is unknown, or it has more of them than it names. */
class UnnamedInstancesTest {
    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "web", 9, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    @Test
    void oneConnectionServesOneRequestAfterTheOther() throws IOException {
        try (RawApp app = RawApp.answering(RawApp.ok("west"));
                BlindGateway gateway = BlindGateway.to(mesh.inWest(1, app.port()))) {
            // Given
            mesh.westGateways.put(Mesh.instance(90), gateway.address());
            mesh.westTells = false;
            mesh.push();
            // When
            try (var client = new RawClient(caller.bind(Mesh.http()))) {
                for (int i = 0; i < 5; i++) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    assertThat(client.answer()).endsWith("west");
                }
            }
            // Then
            assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void oneConnectionOfHttp2CarriesAllCallsOfAClient() throws IOException {
        try (RawApp app = RawApp.answering(RawApp.ok("west"));
                BlindGateway gateway = BlindGateway.to(mesh.inWest(1, app.port()))) {
            // Given
            mesh.westGateways.put(Mesh.instance(90), gateway.address());
            mesh.westTells = false;
            mesh.push();
            // When
            try (var client = new RawHttp2(caller.bind(Mesh.http()))) {
                for (int stream = 1; stream < 10; stream += 2) {
                    client.get(stream, "/");
                    assertThat(client.answer(stream)).endsWith("west");
                }
            }
            // Then
            assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                    .isEqualTo(1);
        }
    }
}
