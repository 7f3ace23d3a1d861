package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.MemberState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TrustWalkTest {
    private final Mesh mesh = new Mesh();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @AfterEach
    void end() {
        mesh.close();
    }

    private String get(String url) throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                "GET " + url + " HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "Connection: close\r\n\r\n");
    }

    private String get() throws IOException {
        return get("http://checkout.shop/");
    }

    private TestSidecar inWest(RawApp app) throws IOException {
        TestSidecar server = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
        return server;
    }

    @Test
    void aServerThatMayNotAnswerGetsNoByte() throws IOException {
        // Given: the export says that only the account "another" may answer
        RawApp app = RawApp.answering(RawApp.ok("secret"));
        TestSidecar server = inWest(app);
        mesh.serverAccounts = Set.of("another");
        mesh.push();
        // When
        String answer = get();
        // Then
        assertThat(answer).startsWith("HTTP/1.1 50").doesNotContain("secret");
        assertThat(app.connections).hasValue(0);
        assertThat(server.summed("tombolo_requests_total", "direction=\"inbound\""))
                .isZero();
        assertThat(caller.counted("tombolo_wrong_server_total")).isPositive();
    }

    @Test
    void anAbsoluteTargetOfAnotherHostIsMisdirectedWhateverHostSays() throws Exception {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        TestSidecar server = mesh.inEast(1, app.port());
        mesh.push();
        String request = "GET %s HTTP/1.1\r\nHost: checkout.shop\r\nConnection: close\r\n\r\n";
        for (String target : List.of(
                "http://internal.example/", "http://checkout.shop:81/", "HTTP://internal.example", "http://x?/y")) {
            // When
            String answer = Intruder.says(
                    mesh.east.workload("batch"), server, Mesh.http(), "http/1.1", request.formatted(target));
            // Then
            assertThat(answer).as(target).startsWith("HTTP/1.1 421 ");
        }
        assertThat(app.heads).isEmpty();
        String own = Intruder.says(
                mesh.east.workload("batch"),
                server,
                Mesh.http(),
                "http/1.1",
                request.formatted("http://checkout.shop/x"));
        assertThat(own).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoIsNoConsumerIsToldSoByTheDestination() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("secret"));
        inWest(app);
        mesh.consumers = List.of(new Consumer(Optional.of(mesh.west.id()), Optional.empty(), Optional.empty()));
        mesh.push();
        // When
        String answer = get();
        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .contains("TB-2013 NOT_A_CONSUMER")
                .doesNotContain("tombolo-outcome", "secret");
        assertThat(app.connections).hasValue(0);
    }

    @Test
    void aConsumerThatIsTakenOffTheListIsRefusedOnItsOpenConnection() throws IOException {
        // Given
        inWest(RawApp.answering(RawApp.ok("fine")));
        mesh.push();
        assertThat(get()).endsWith("fine");
        // When
        mesh.consumers = List.of();
        mesh.push();
        // Then
        assertThat(get()).startsWith("HTTP/1.1 403 ");
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(1);
    }

    @Test
    void anEvictedClustersConnectionsAreCutAndNothingIsSentThere() throws IOException {
        // Given
        TestSidecar server = inWest(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes());
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        }));
        mesh.push();
        try (var client = new RawClient(caller.proxyPort())) {
            client.send("GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "\r\n");
            RawApp.head(client.in);
            assertThat(client.in.readNBytes(4)).hasSize(4);
            // When
            mesh.members.put(mesh.west.id(), MemberState.EVICTED);
            mesh.push();
            // Then
            assertThat(client.in.read()).isEqualTo(-1);
        }
        assertThat(get()).startsWith("HTTP/1.1 403 ").contains("TB-2022");
        await().untilAsserted(() -> assertThat(server.summed("tombolo_requests_total", "direction=\"inbound\""))
                .isEqualTo(1));
    }

    @Test
    void whoWasConnectedInAnEpochThatIsOverIsCutAlsoIfTheEvictionWasMissed() throws IOException {
        // Given
        TestSidecar server = inWest(RawApp.start((in, out, socket) -> {
            RawApp.head(in);
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes());
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        }));
        mesh.push();
        try (var client = new RawClient(caller.proxyPort())) {
            client.send("GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "\r\n");
            RawApp.head(client.in);
            assertThat(client.in.readNBytes(4)).hasSize(4);
            // When
            mesh.westEpoch = 2;
            mesh.push();
            // Then
            assertThat(client.in.read()).isEqualTo(-1);
        }
        await().untilAsserted(() -> assertThat(server.summed("tombolo_requests_total", "direction=\"inbound\""))
                .isEqualTo(1));
    }

    @Test
    void pendingTrustIsSaidAndNothingIsDialled() throws IOException {
        // Given
        inWest(RawApp.answering(RawApp.ok("early")));
        mesh.trusted = false;
        mesh.push();
        // When
        String answer = get();
        // Then
        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("TB-2012 PENDING_TRUST");
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isZero();
    }

    @Test
    void anotherHostIsRefusedAndSaysWhichNamesThereAre() throws IOException {
        mesh.inEast(1, RawApp.answering(RawApp.ok("x")).port());
        mesh.push();
        assertThat(get("http://example.com/")).startsWith("HTTP/1.1 403 ").contains("TB-2007 NO_SUCH_SERVICE");
        assertThat(get("http://checkout.shop:81/")).startsWith("HTTP/1.1 403 ").contains("has no port 81");
        assertThat(get("http://169.254.169.254/")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aSidecarWithoutConfigurationSaysSo() throws IOException {
        assertThat(get()).startsWith("HTTP/1.1 503 ").contains("TB-2008 NO_CONFIG");
    }

    @Test
    void aProcessWithoutThisRunsCredentialCannotUseTheProxy() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("secret"));
        mesh.inEast(1, app.port());
        mesh.push();
        for (String credential : List.of("", "Proxy-Authorization: Basic dG9tYm9sbzpndWVzcw==\r\n")) {
            // When
            String answer = RawClient.once(
                    caller.proxyPort(), "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + credential + "\r\n");
            // Then
            assertThat(answer).startsWith("HTTP/1.1 407 ").containsIgnoringCase("proxy-authenticate: basic");
        }
        assertThat(app.connections).hasValue(0);
        assertThat(caller.counted("tombolo_faults_total{code=\"TB-2019\"}")).isEqualTo(2);
    }

    @Test
    void aLocalPortNeverLeadsToAnotherServiceWhateverHostSays() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("secret"));
        mesh.inEast(1, app.port());
        mesh.push();
        int port = caller.bind(Mesh.http());
        // When
        try (var client = new RawClient(port)) {
            client.send("GET / HTTP/1.1\r\nHost: checkout.shop\r\n\r\n");
            assertThat(client.answer()).endsWith("secret");
            client.send("GET / HTTP/1.1\r\nHost: other.shop\r\n\r\n");
            // Then
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(app.heads.getLast()).containsIgnoringCase("host: checkout.shop.svc.clusterset.local");
    }

    @Test
    void whatIsMalformedNeverReachesTheMesh() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("x"));
        mesh.inEast(1, app.port());
        mesh.push();
        String line = "POST http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization();
        for (String rest : List.of(
                "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n",
                "Host: y\r\n\r\n",
                " folded\r\n\r\n",
                "X : y\r\n\r\n",
                "X: a\nY: b\r\n\r\n",
                "Content-Length: +1\r\n\r\na")) {
            // When
            String answer = RawClient.once(caller.proxyPort(), line + rest);
            // Then
            assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("connection: close");
        }
        assertThat(app.connections).hasValue(0);
        assertThat(RawClient.once(caller.proxyPort(), line + "X: " + "y".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(RawClient.once(caller.proxyPort(), "GET / HTTP/3.0\r\n\r\n")).startsWith("HTTP/1.1 505 ");
    }
}
