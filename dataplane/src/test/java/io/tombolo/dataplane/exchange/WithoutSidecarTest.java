package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ServiceName;
import io.tombolo.testing.GrpcApp;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls from east to applications in west that have no sidecar: their gateway stands in for it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WithoutSidecarTest {
    private final Mesh mesh = new Mesh(1);
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
    private TestGateway gateway;

    @BeforeEach
    void open() {
        mesh.westMode = ExportMode.TERMINATE;
        gateway = mesh.gateway(90);
    }

    @AfterEach
    void end() {
        mesh.close();
    }

    private void runs(int number, int port) {
        mesh.westEndpoints.put(Mesh.instance(number), new HostPort("127.0.0.1", port));
        mesh.push();
    }

    private String get(String path, String fields) throws IOException {
        return RawClient.once(
                caller.proxyPort(),
                "GET http://checkout.shop" + path + " HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + fields
                        + "Connection: close\r\n\r\n");
    }

    @Test
    void theApplicationHearsWhoCallsAndNothingThatTheCallerMadeUp() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        runs(1, app.port());
        // When
        String answer = get("/", "tombolo-caller: spiffe://evil/ns/a/sa/b\r\ntombolo_caller: c\r\n");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("answer").doesNotContain("tombolo-outcome");
        assertThat(app.heads)
                .singleElement()
                .satisfies(head -> assertThat(head)
                        .contains("tombolo-caller: " + mesh.east.workloadId("frontend"))
                        .containsIgnoringCase("host: checkout.shop")
                        .doesNotContain("evil", "tombolo_caller"));
    }

    @Test
    void aCallOfGrpcGoesThrough() throws Exception {
        try (var app = new GrpcApp("west")) {
            // Given
            runs(1, app.port());
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
            byte[] all = in.readAllBytes();
            out.write((all.length + " bytes").getBytes());
        });
        runs(1, app.port());
        // When
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            client.out.write(new byte[300_000]);
            client.socket.shutdownOutput();
            // Then
            assertThat(client.rest()).isEqualTo("300000 bytes");
        }
        Awaitility.await().until(() -> gateway.terminate.active() == 0);
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
        runs(1, app.port());
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
    void theGatewayAsksThePoliciesAboutEachRequest() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("answer"));
        var to = new RequestMatch(Among.any(), Among.any(), Among.of(List.of(PathPattern.parse("/shop/*")), List.of()));
        mesh.policies.add(new AuthorizationPolicy(
                new ServiceName("shop", "allow"),
                Optional.of("checkout"),
                AuthorizationPolicy.Action.ALLOW,
                AuthorizationPolicy.Mode.ENFORCE,
                List.of(new AuthorizationRule(List.of(), List.of(to), List.of()))));
        runs(1, app.port());
        // When
        String allowed = get("/shop/cart", "");
        String refused = get("/admin", "");
        String twisted = get("/shop/..%2fadmin", "");
        // Then
        assertThat(allowed).startsWith("HTTP/1.1 200 ");
        assertThat(refused).startsWith("HTTP/1.1 403 ").contains("TB-2029");
        assertThat(twisted).startsWith("HTTP/1.1 403 ");
        assertThat(app.heads).hasSize(1);
    }

    @Test
    void whoDoesNotAcceptIsLeftForAnotherOneAndTheBlameIsTheApplications() throws IOException {
        // Given
        runs(1, 1);
        runs(2, RawApp.answering(RawApp.ok("two")).port());
        // Then
        for (int i = 0; i < 30; i++) {
            assertThat(get("/", "")).endsWith("two");
        }
        assertThat(gateway.faults(Fault.APP_UNREACHABLE)).isPositive();
        assertThat(caller.counted("tombolo_blame_total{blame=\"APP\"}")).isPositive();
    }

    @Test
    void sidecarsAndWorkloadsWithoutOneAnswerForOneService() throws IOException {
        // Given
        mesh.inWest(5, RawApp.answering(RawApp.ok("sidecar")).port());
        runs(1, RawApp.answering(RawApp.ok("bare")).port());
        // When
        var answers = new HashSet<String>();
        for (int i = 0; i < 40; i++) {
            String answer = get("/", "");
            answers.add(answer.substring(answer.lastIndexOf('\n') + 1));
        }
        // Then
        assertThat(answers).containsExactlyInAnyOrder("sidecar", "bare");
    }

    @Test
    void aDrainingGatewayEndsKeptConnectionsWithTheirAnswers() throws IOException {
        // Given
        runs(1, RawApp.answering(RawApp.ok("answer")).port());
        assertThat(get("/", "")).endsWith("answer");
        assertThat(gateway.terminate.active()).as("one is kept").isEqualTo(1);
        // When
        gateway.terminate.drain();
        // Then
        Awaitility.await().until(() -> gateway.terminate.active() == 0);
    }

    @Test
    void anAddressThatMustNotBeDialledIsNot() throws IOException {
        // Given
        RawApp app = RawApp.answering(RawApp.ok("the gateway's own machine"));
        mesh.loopbackAllowed = false;
        runs(1, app.port());
        // When
        String answer = get("/", "");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 50");
        assertThat(app.connections).hasValue(0);
        assertThat(gateway.faults(Fault.ADDRESS_REFUSED)).isPositive();
    }

    @Test
    void anEvictedCallersConnectionIsCut() throws IOException {
        // Given
        runs(1, RawApp.start((in, out, socket) -> in.transferTo(out)).port());
        try (var client = new RawClient(caller.bind(Mesh.tcp()))) {
            client.send("echo");
            assertThat(new String(client.in.readNBytes(4))).isEqualTo("echo");
            // When
            mesh.members.put(mesh.east.id(), MemberState.EVICTED);
            mesh.push();
            // Then
            assertThat(client.rest()).isEmpty();
        }
        assertThat(gateway.faults(Fault.EVICTED_PEER)).isPositive();
    }
}
