package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.Consumer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TcpWalkTest {
    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "client", 0, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    private RawClient connect(RawApp app) throws IOException {
        TestSidecar server = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        return new RawClient(caller.bind(Mesh.tcp()));
    }

    @Test
    void aProtocolInWhichTheServerSpeaksFirstWorks() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> {
            out.write("220 ready\r\n".getBytes());
            out.flush();
            in.transferTo(out);
        });
        // When
        try (RawClient client = connect(app)) {
            // Then
            assertThat(new String(client.in.readNBytes(11))).isEqualTo("220 ready\r\n");
            client.send("echo");
            assertThat(new String(client.in.readNBytes(4))).isEqualTo("echo");
        }
    }

    @Test
    void whoSaysEverythingAndEndsBeforeTheConnectionIsThereIsHeardToTheEnd() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> out.write(in.readAllBytes()));
        // When
        try (RawClient client = connect(app)) {
            client.send("all of it");
            client.socket.shutdownOutput();
            // Then
            assertThat(client.rest()).isEqualTo("all of it");
        }
    }

    @Test
    void aHalfCloseArrivesAndTheOtherHalfGoesOn() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> {
            byte[] all = in.readAllBytes(); // ends only with the half-close
            out.write((all.length + " bytes").getBytes());
        });
        // When
        try (RawClient client = connect(app)) {
            client.out.write(new byte[300_000]);
            client.socket.shutdownOutput();
            // Then
            assertThat(client.rest()).isEqualTo("300000 bytes");
        }
    }

    @Test
    void theServersHalfCloseArrivesAndTheClientGoesOn() throws Exception {
        // Given
        var heard = new CompletableFuture<String>();
        RawApp app = RawApp.start((in, out, socket) -> {
            out.write("bye".getBytes());
            socket.shutdownOutput();
            heard.complete(new String(in.readAllBytes()));
        });
        // When
        try (RawClient client = connect(app)) {
            assertThat(client.rest()).isEqualTo("bye");
            client.send("last words");
            client.socket.shutdownOutput();
            // Then
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("last words");
        }
    }

    @Test
    void anInstanceWhoseApplicationIsDownIsLeftForAnotherOne() throws IOException {
        // Given
        mesh.inEast(1, 1);
        RawApp app = RawApp.start((in, out, socket) -> in.transferTo(out));
        mesh.inEast(2, app.port());
        mesh.push();
        int port = caller.bind(Mesh.tcp());
        // When, then
        for (int i = 0; i < 10; i++) {
            try (var client = new RawClient(port)) {
                client.send("ping");
                assertThat(new String(client.in.readNBytes(4))).isEqualTo("ping");
            }
        }
    }

    @Test
    void aTunnelIsAnsweredWhenTheApplicationIsThere() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> in.transferTo(out));
        mesh.inEast(1, app.port());
        mesh.push();
        // When
        try (var client = new RawClient(caller.proxyPort())) {
            client.send("CONNECT checkout.shop:5432 HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "\r\nearly");
            // Then
            assertThat(RawApp.head(client.in)).startsWith("HTTP/1.1 200 ");
            assertThat(new String(client.in.readNBytes(5))).isEqualTo("early");
        }
    }

    @Test
    void aTunnelToWhoRefusesSaysWhy() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> in.transferTo(out));
        mesh.consumers = List.of(new Consumer(Optional.of(mesh.west.id()), Optional.empty(), Optional.empty()));
        connect(app).close();
        // When
        String answer = RawClient.once(
                caller.proxyPort(),
                "CONNECT checkout.shop:5432 HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 200 ");
        assertThat(app.connections).hasValue(0);
    }
}
