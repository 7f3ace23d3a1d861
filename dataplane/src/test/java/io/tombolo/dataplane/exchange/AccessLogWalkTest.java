package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What both sidecars write of one call. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AccessLogWalkTest {
    private static final String TRACE = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";

    private final Mesh mesh = new Mesh();

    @TempDir
    private Path home;

    @BeforeEach
    void logToAFile() {
        mesh.accessLog = new AccessLogSettings(home.resolve("access.json").toString(), false, 64, 100);
    }

    @AfterEach
    void end() {
        mesh.close();
    }

    /** Every sidecar is closed first, so that all lines are there. */
    private List<JsonNode> lines() throws IOException {
        mesh.close();
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(home.resolve("access.json"))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static JsonNode of(List<JsonNode> lines, String direction) {
        return lines.stream()
                .filter(line -> line.path("direction").asText().equals(direction))
                .findFirst()
                .orElseThrow(() -> new AssertionError(direction + " is not in " + lines));
    }

    private static String request(TestSidecar caller, String fields) {
        return "POST http://checkout.shop/cart?card=4711 HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + TRACE
                + fields + "Connection: close\r\nContent-Length: 4\r\n\r\nbody";
    }

    @Test
    void bothSidesTellTheSameStoryWithoutTheQuery() throws IOException {
        // Given
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        RawApp app = RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            in.readNBytes(4);
            out.write(RawApp.ok("answer").getBytes());
        });
        TestSidecar server = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        mesh.push();
        // When
        assertThat(RawClient.once(caller.proxyPort(), request(caller, ""))).endsWith("answer");
        // Then
        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(2);
        for (String direction : List.of("outbound", "inbound")) {
            JsonNode line = of(lines, direction);
            assertThat(line.path("source").path("workload").asText()).isEqualTo("frontend");
            assertThat(line.path("source").path("cluster").asText()).isEqualTo("east");
            assertThat(line.path("source").path("instance").asText())
                    .isEqualTo(caller.instance().value());
            assertThat(line.path("destination").path("cluster").asText()).isEqualTo("west");
            assertThat(line.path("destination").path("service").asText()).isEqualTo("checkout");
            assertThat(line.path("destination").path("instance").asText())
                    .isEqualTo(server.instance().value());
            assertThat(line.path("method").asText()).isEqualTo("POST");
            assertThat(line.path("path").asText()).isEqualTo("/cart");
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("requestBytes").asInt()).isEqualTo(4);
            assertThat(line.path("answerBytes").asInt()).isEqualTo(6);
            assertThat(line.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(line.has("blame")).isFalse();
            assertThat(line.path("tls").asText()).isEqualTo("TLSv1.3");
            assertThat(line.path("tlsGroup").asText()).isIn("x25519", "secp256r1", "X25519MLKEM768");
            assertThat(line.path("durationMicros").asLong()).isPositive();
        }
        assertThat(Files.readString(home.resolve("access.json"))).doesNotContain("4711", "Basic");
    }

    @Test
    void aFailureNamesWhoseDoingItWasOnBothSides() throws IOException {
        // Given
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.inEast(1, 1);
        mesh.push();
        // When
        RawClient.once(caller.proxyPort(), request(caller, ""));
        // Then
        List<JsonNode> lines = lines();
        assertThat(of(lines, "inbound").path("blame").asText()).isEqualTo("APP");
        assertThat(of(lines, "inbound").path("code").asText()).isEqualTo("TB-2016");
        assertThat(of(lines, "outbound").path("blame").asText()).isEqualTo("APP");
        assertThat(of(lines, "outbound").path("status").asInt()).isEqualTo(503);
    }

    @Test
    void aCallThatWasNeverSentIsLoggedAsRefused() throws IOException {
        // Given
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        // When
        RawClient.once(caller.proxyPort(), request(caller, ""));
        // Then
        JsonNode line = of(lines(), "outbound");
        assertThat(line.path("status").asInt()).isEqualTo(503);
        assertThat(line.path("code").asText()).isEqualTo("TB-2009");
        assertThat(line.path("destination").path("service").asText()).isEqualTo("checkout");
        assertThat(line.path("destination").has("instance")).isFalse();
    }

    @Test
    void aCallThatCouldNotBeMadeNamesWhoWasPickedAndNoTls() throws IOException {
        // Given
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        TestSidecar dead = mesh.inEast(1, 1);
        mesh.push();
        dead.die();
        // When
        RawClient.once(caller.proxyPort(), request(caller, ""));
        // Then
        JsonNode line = of(lines(), "outbound");
        assertThat(line.path("destination").path("cluster").asText()).isEqualTo("east");
        assertThat(line.path("destination").path("service").asText()).isEqualTo("checkout");
        assertThat(line.path("blame").asText()).isEqualTo("SIDECAR");
        assertThat(line.has("tls")).isFalse();
        assertThat(line.has("tlsGroup")).isFalse();
    }

    @Test
    void aTcpConnectionIsOneLineOnEachSideWithItsBytes() throws IOException {
        // Given
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.inEast(1, RawApp.start((in, out, socket) -> in.transferTo(out)).port());
        mesh.push();
        // When
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            client.send("echo");
            client.socket.shutdownOutput();
            assertThat(client.rest()).isEqualTo("echo");
        }
        // Then
        List<JsonNode> lines = lines();
        for (String direction : List.of("outbound", "inbound")) {
            JsonNode line = of(lines, direction);
            assertThat(line.path("protocol").asText()).isEqualTo("tcp");
            assertThat(line.path("requestBytes").asInt()).isEqualTo(4);
            assertThat(line.path("answerBytes").asInt()).isEqualTo(4);
            assertThat(line.path("ended").asText()).isEqualTo("complete");
            assertThat(line.path("destination").path("port").asInt()).isEqualTo(Mesh.TCP_PORT);
        }
    }

    @Test
    void aRefusedHeadIsLoggedWithoutAnythingThatItSaid() throws IOException {
        // Given
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.inEast(1, 1);
        mesh.push();
        // When
        String answer =
                RawClient.once(caller.bind(Mesh.http()), "GET /stranger HTTP/1.1\r\nHost: stranger\nX: y\r\n\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        JsonNode line = of(lines(), "outbound");
        assertThat(line.path("ended").asText()).isEqualTo("refused");
        assertThat(line.path("status").asInt()).isEqualTo(400);
        assertThat(line.path("code").asText()).isEqualTo("TB-2006");
        assertThat(line.path("blame").asText()).isEqualTo("CLIENT");
        assertThat(line.path("source").path("workload").asText()).isEqualTo("frontend");
        assertThat(line.path("destination").path("service").asText()).isEqualTo("checkout");
        assertThat(line.has("method") || line.has("path")).isFalse();
        assertThat(Files.readString(home.resolve("access.json"))).doesNotContain("stranger");
    }

    @Test
    void aMembersRefusedHeadNamesTheMember() throws IOException {
        // Given
        TestSidecar server = mesh.inEast(1, 1);
        mesh.push();
        try (BareTls member = BareTls.caller(mesh, mesh.east, "frontend", server)) {
            // When
            String answer = RawClient.once(member.port(), "GET /stranger HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            // Then
            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
        JsonNode line = of(lines(), "inbound");
        assertThat(line.path("ended").asText()).isEqualTo("refused");
        assertThat(line.path("source").path("workload").asText()).isEqualTo("frontend");
        assertThat(line.path("destination").path("service").asText()).isEqualTo("checkout");
        assertThat(line.path("tls").asText()).isEqualTo("TLSv1.3");
    }

    @Test
    void aMalformedHeaderListOfHttp2IsLoggedAsWell() throws IOException {
        // Given
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.inEast(1, 1);
        mesh.push();
        try (var client = new RawHttp2(caller.bind(Mesh.http()))) {
            // When
            client.headers(1, true, ":method", "GET", ":path", "/stranger");
            // Then
            client.await(RawHttp2.RST_STREAM, 1);
        }
        JsonNode line = of(lines(), "outbound");
        assertThat(line.path("ended").asText()).isEqualTo("refused");
        assertThat(line.path("status").asInt()).isZero();
        assertThat(line.path("code").asText()).isEqualTo("TB-2006");
    }

    @Test
    void whoSendsManyFillsNoDiskWithThem() throws IOException {
        // Given
        mesh.accessLog = new AccessLogSettings(home.resolve("access.json").toString(), false, 64, 1);
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.push();
        int port = caller.bind(Mesh.http());
        long begun = System.nanoTime();
        // When
        for (int i = 0; i < 20; i++) {
            RawClient.once(port, "NO HTTP\r\n\r\n");
        }
        // Then
        long seconds = 1 + (System.nanoTime() - begun) / 1_000_000_000L;
        long dropped = caller.counted("tombolo_access_log_dropped_total{reason=\"refused\"}");
        assertThat(dropped).isBetween(20 - seconds, 19L);
        assertThat(lines()).hasSize((int) (20 - dropped));
    }
}
