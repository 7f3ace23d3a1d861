package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.tombolo.dataplane.accesslog.AccessLogSettings;
import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.CallerMatch;
import io.tombolo.model.authorization.IdPattern;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ServiceName;
import io.tombolo.testing.GrpcApp;
import io.tombolo.wire.codec.FeedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls from east to sidecars in west through a gateway that ends their TLS. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TerminateWalkTest {
    private final Mesh mesh = new Mesh(1);
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);

    @TempDir
    private Path home;

    @AfterEach
    void end() {
        mesh.close();
    }

    private TestGateway gateway() {
        mesh.westMode = ExportMode.TERMINATE;
        return mesh.gateway(90);
    }

    private static String get(TestSidecar from, String path) throws IOException {
        return RawClient.once(
                from.proxyPort(),
                "GET http://checkout.shop" + path + " HTTP/1.1\r\nHost: x\r\n" + from.authorization()
                        + "Connection: close\r\n\r\n");
    }

    @Test
    void theDestinationHearsWhoCallsAndNotWhichGateway() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        TestSidecar server = mesh.inWest(1, app.port());
        TestGateway gateway = gateway();
        mesh.push();
        // When
        String first = get(caller, "/");
        String second = get(caller, "/");
        // Then
        assertThat(first).startsWith("HTTP/1.1 200 ").endsWith("answer");
        assertThat(second).endsWith("answer");
        assertThat(app.heads)
                .allSatisfy(head -> assertThat(head).contains("tombolo-caller: " + mesh.east.workloadId("frontend")));
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .as("one is kept")
                .isEqualTo(1);
        assertThat(server.counted("tombolo_forwarded_connections_total")).isEqualTo(1);
        assertThat(gateway.metrics.counter("tombolo_handed_over_total", "").value())
                .isEqualTo(1);
    }

    @Test
    void aCallOfGrpcGoesThrough() throws Exception {
        // Given
        try (var app = new GrpcApp("west")) {
            mesh.inWest(1, app.port());
            gateway();
            mesh.push();
            ManagedChannel channel = GrpcApp.client(caller.bind(Mesh.grpc()));
            try {
                // When
                String answer = ClientCalls.blockingUnaryCall(
                        channel, GrpcApp.SAY, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), "hello");
                // Then
                assertThat(answer).isEqualTo("west heard hello");
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void aTcpStreamGoesThroughAndEachDirectionEndsByItself() throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> {
            byte[] all = in.readAllBytes(); // ends only with the half-close
            out.write((all.length + " bytes").getBytes());
        });
        mesh.inWest(1, app.port());
        TestGateway gateway = gateway();
        mesh.push();
        // When
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            client.out.write(new byte[300_000]);
            client.socket.shutdownOutput();
            // Then
            assertThat(client.rest()).isEqualTo("300000 bytes");
        }
        Awaitility.await("the gateway counts what it moved")
                .until(() -> TestSidecar.counted(gateway.metrics, "tombolo_relay_client_bytes_total") >= 300_000);
        assertThat(gateway.metrics.text()).containsPattern("tombolo_relays_total\\{reason=\"[a-z_]+\"} 1\n");
    }

    @Test
    void anApplicationThatEndsItsHalfFirstStillHearsTheRest() throws IOException {
        // Given: it says its piece, ends its half, and goes on listening
        var heard = new CompletableFuture<Integer>();
        RawApp app = RawApp.start((in, out, socket) -> {
            out.write("goodbye".getBytes());
            socket.shutdownOutput();
            heard.complete(in.readAllBytes().length);
        });
        mesh.inWest(1, app.port());
        gateway();
        mesh.push();
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            // When
            assertThat(client.rest()).isEqualTo("goodbye");
            client.out.write(new byte[300_000]);
            client.socket.shutdownOutput();
            // Then
            assertThat(heard.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(300_000);
        }
    }

    @Test
    void policiesOfTheDestinationAreAskedAboutTheCallerAndEachRequest() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        mesh.inWest(1, app.port());
        TestGateway gateway = gateway();
        TestSidecar batch = mesh.sidecar(mesh.east, "batch", 7, 0);
        mesh.policies.add(allowing("frontend", "/shop/*"));
        mesh.push();
        // When
        String allowed = get(caller, "/shop/cart");
        String elsewhere = get(caller, "/admin");
        String nobody = get(batch, "/shop/cart");
        // Then
        assertThat(allowed).startsWith("HTTP/1.1 200 ");
        assertThat(elsewhere).startsWith("HTTP/1.1 403 ").contains("TB-2029");
        assertThat(nobody).startsWith("HTTP/1.1 50").contains("TB-2054");
        assertThat(app.heads).hasSize(1);
        assertThat(gateway.faults(Fault.NOT_AUTHORIZED))
                .as("who may do nothing there gets no further than the gateway")
                .isPositive();
    }

    private AuthorizationPolicy allowing(String account, String path) {
        var from = new CallerMatch(
                Among.of(List.of(IdPattern.parse(mesh.east.workloadId(account).toString())), List.of()),
                Among.any(),
                Among.any(),
                Among.any());
        var to = new RequestMatch(Among.any(), Among.any(), Among.of(List.of(PathPattern.parse(path)), List.of()));
        return new AuthorizationPolicy(
                new ServiceName("shop", "allow"),
                Optional.of("checkout"),
                AuthorizationPolicy.Action.ALLOW,
                AuthorizationPolicy.Mode.ENFORCE,
                List.of(new AuthorizationRule(List.of(from), List.of(to), List.of())));
    }

    @Test
    void whoIsNoConsumerGetsNoFurtherThanTheGateway() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("secret"));
        TestSidecar server = mesh.inWest(1, app.port());
        TestGateway gateway = gateway();
        mesh.consumers = List.of(new Consumer(Optional.of(mesh.west.id()), Optional.empty(), Optional.empty()));
        mesh.push();
        // When
        String answer = get(caller, "/");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 50").contains("TB-2054").doesNotContain("secret");
        assertThat(gateway.faults(Fault.NOT_A_CONSUMER)).isPositive();
        assertThat(server.counted("tombolo_connections_accepted_total")).isZero();
    }

    @Test
    void aConsumerThatIsTakenOffTheListIsRefusedOnItsOpenConnection() throws IOException {
        // Given
        mesh.inWest(1, RawApp.answering(RawApp.ok("fine")).port());
        gateway();
        mesh.push();
        assertThat(get(caller, "/")).endsWith("fine");
        // When
        mesh.consumers = List.of();
        mesh.push();
        // Then
        assertThat(get(caller, "/")).startsWith("HTTP/1.1 403 ").contains("TB-2013");
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(1);
    }

    @Test
    void anInstanceThatIsGoneIsLeftForAnotherOneByTheGateway() throws IOException {
        // Given
        mesh.inWest(1, RawApp.answering(RawApp.ok("one")).port()).die();
        mesh.inWest(2, RawApp.answering(RawApp.ok("two")).port());
        gateway();
        mesh.push();
        // Then
        for (int i = 0; i < 8; i++) {
            assertThat(get(caller, "/")).endsWith("two");
        }
    }

    @Test
    void oneGatewayServesBothModes() throws IOException {
        // Given
        mesh.inWest(1, RawApp.answering(RawApp.ok("answer")).port());
        TestGateway gateway = gateway();
        mesh.push();
        assertThat(get(caller, "/")).endsWith("answer");
        // When
        mesh.westMode = ExportMode.PASSTHROUGH;
        mesh.push();
        // Then
        assertThat(get(caller, "/")).endsWith("answer");
        assertThat(gateway.metrics.counter("tombolo_handed_over_total", "").value())
                .isEqualTo(1);
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(2);
    }

    @Test
    void anEvictedCallersStreamsAreCut() throws IOException {
        evictsOrRevokes(() -> mesh.members.put(mesh.east.id(), MemberState.EVICTED));
    }

    @Test
    void aRevokedCallersStreamsAreCut() throws IOException {
        evictsOrRevokes(() -> mesh.revocations.add(new FeedEntry.Revocation(
                "east-0", Optional.of(mesh.east.workloadId("frontend")), ByteString.EMPTY, mesh.east.trustDomain())));
    }

    private void evictsOrRevokes(Runnable change) throws IOException {
        // Given
        RawApp app = RawApp.start((in, out, socket) -> in.transferTo(out));
        TestSidecar server = mesh.inWest(1, app.port());
        TestGateway gateway = gateway();
        mesh.push();
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            client.send("echo");
            assertThat(new String(client.in.readNBytes(4))).isEqualTo("echo");
            assertThat(server.peers.size()).as("gateway and caller").isEqualTo(2);
            // When
            change.run();
            mesh.push();
            // Then
            assertThat(client.rest()).isEmpty();
            Awaitility.await().until(() -> server.peers.size() == 0);
            assertThat(server.counted("tombolo_faults_total{code=\"TB-2022\"}") + gateway.faults(Fault.EVICTED_PEER))
                    .isPositive();
        }
        Awaitility.await().until(() -> gateway.terminate.active() == 0);
    }

    @Test
    void bothLogsNameTheCallerAndTheSidecarsNamesTheGatewayToo() throws IOException {
        // Given
        mesh.accessLog = new AccessLogSettings(home.resolve("access.json").toString(), false, 64, 100);
        mesh.inWest(1, RawApp.answering(RawApp.ok("answer")).port());
        TestGateway gateway = gateway();
        TestSidecar logging = mesh.sidecar(mesh.east, "frontend", 5, 0);
        mesh.push();
        // When
        get(logging, "/");
        mesh.close();
        // Then
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(home.resolve("access.json"))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .filteredOn(line -> line.path("direction").asText().equals("inbound"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.at("/source/workload").asText()).isEqualTo("frontend");
                    assertThat(line.at("/source/cluster").asText()).isEqualTo("east");
                    assertThat(line.at("/source/gateway").asText())
                            .isEqualTo(gateway.instance().value());
                });
        assertThat(lines)
                .filteredOn(line -> line.path("direction").asText().equals("terminate"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.at("/source/workload").asText()).isEqualTo("frontend");
                    assertThat(line.at("/destination/service").asText()).isEqualTo("checkout");
                    assertThat(line.at("/destination/instance").asText())
                            .isEqualTo(Mesh.instance(1).value());
                });
    }
}
