package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ClusterId;
import io.tombolo.testing.GrpcApp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls to an address that stands for one instance of a headless service. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OneInstanceWalkTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: it\r\nConnection: close\r\n\r\n";
    private static final String FAILING = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

    private final Mesh mesh = new Mesh(1);
    private final TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
    private final List<RawApp> apps = new ArrayList<>();
    private final List<TestSidecar> servers = new ArrayList<>();

    @AfterEach
    void end() {
        mesh.close();
    }

    private RawApp app(String answer) throws IOException {
        RawApp app = RawApp.answering(answer);
        apps.add(app);
        return app;
    }

    /** Three in west, two gateways before them, and two in east; each answers its number. */
    private void everywhere() throws IOException {
        mesh.gateway(90);
        mesh.gateway(91);
        for (int number = 1; number <= 3; number++) {
            servers.add(mesh.inWest(number, app(RawApp.ok("" + number)).port()));
        }
        for (int number = 4; number <= 5; number++) {
            servers.add(mesh.inEast(number, app(RawApp.ok("" + number)).port()));
        }
        mesh.push();
    }

    private int port(ClusterId cluster, int number, int port) {
        return caller.bind(new Callee.One(Mesh.CHECKOUT, cluster, Mesh.instance(number)).at(port));
    }

    private int west(int number) {
        return port(mesh.west.id(), number, Mesh.HTTP_PORT);
    }

    private int east(int number) {
        return port(mesh.east.id(), number, Mesh.HTTP_PORT);
    }

    @Test
    void everyRequestOfEitherVersionGoesToExactlyThatInstanceOfThatCluster() throws IOException {
        // Given connections of others to whoever is best
        everywhere();
        int anybody = caller.bind(Mesh.http());
        for (int i = 0; i < 20; i++) {
            RawClient.once(anybody, GET);
        }
        // When
        try (var inWest = new RawHttp2(west(2));
                var inEast = new RawHttp2(east(5))) {
            for (int i = 0; i < 10; i++) {
                // Then
                assertThat(RawClient.once(west(2), GET))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("2");
                assertThat(RawClient.once(east(4), GET))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("4");
                inWest.get(2 * i + 1, "/");
                assertThat(inWest.answer(2 * i + 1)).endsWith("2");
                inEast.get(2 * i + 1, "/");
                assertThat(inEast.answer(2 * i + 1)).endsWith("5");
            }
        }
        assertThat(apps.get(1).heads)
                .as("the service's own name is what applications answer to")
                .anyMatch(
                        head -> head.toLowerCase(Locale.ROOT).contains("host: checkout.shop.svc.clusterset.local\r\n"));
    }

    @Test
    void aTcpConnectionGoesToExactlyThatInstance() throws IOException {
        // Given
        mesh.gateway(90);
        for (int number = 1; number <= 3; number++) {
            String name = "" + number;
            RawApp app = RawApp.start((in, out, socket) -> out.write(name.getBytes()));
            mesh.inWest(number, app.port());
        }
        mesh.push();
        int port = port(mesh.west.id(), 3, Mesh.TCP_PORT);
        // When, then
        for (int i = 0; i < 10; i++) {
            try (var client = new RawClient(port)) {
                assertThat(client.rest()).isEqualTo("3");
            }
        }
    }

    @Test
    void aCallOfGrpcGoesToExactlyThatInstance() throws Exception {
        try (var one = new GrpcApp("one");
                var two = new GrpcApp("two")) {
            // Given
            mesh.gateway(90);
            mesh.inWest(1, one.port());
            mesh.inWest(2, two.port());
            mesh.push();
            ManagedChannel second = GrpcApp.client(port(mesh.west.id(), 2, Mesh.GRPC_PORT));
            ManagedChannel nobody = GrpcApp.client(port(mesh.west.id(), 9, Mesh.GRPC_PORT));
            try {
                for (int i = 0; i < 6; i++) {
                    // When, then
                    assertThat(say(second)).isEqualTo("two heard hello");
                }
                assertThatThrownBy(() -> say(nobody))
                        .isInstanceOf(StatusRuntimeException.class)
                        .hasMessageContaining("TB-2009");
            } finally {
                second.shutdownNow();
                nobody.shutdownNow();
            }
        }
    }

    private static String say(ManagedChannel channel) {
        return ClientCalls.blockingUnaryCall(
                channel, GrpcApp.SAY, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), "hello");
    }

    @Test
    void whenThatInstanceIsGoneTheCallFailsAndNobodyElseIsAsked() throws IOException {
        // Given
        everywhere();
        int inWest = west(2);
        int inEast = east(4);
        assertThat(RawClient.once(inWest, GET)).endsWith("2");
        assertThat(RawClient.once(inEast, GET)).endsWith("4");
        // When, before anybody is told
        servers.get(1).die();
        servers.get(3).die();
        // Then
        for (int i = 0; i < 3; i++) {
            assertThat(RawClient.once(inWest, GET)).startsWith("HTTP/1.1 502 ").contains("TB-2010");
            assertThat(RawClient.once(inEast, GET)).startsWith("HTTP/1.1 502 ").contains("TB-2010");
        }
        // When everybody is told
        mesh.westInstances.remove(Mesh.instance(2));
        mesh.eastInstances.remove(Mesh.instance(4));
        mesh.push();
        // Then
        for (int port : List.of(inWest, inEast)) {
            assertThat(RawClient.once(port, GET))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("TB-2009", "is gone, or not ready, and the call is for nobody else");
        }
        for (int other : List.of(0, 2, 4)) {
            assertThat(apps.get(other).heads).isEmpty();
        }
    }

    @Test
    void anotherInstanceOfTheServiceThatAnswersAtItsAddressIsNotBelieved() throws IOException {
        // Given one that takes every name
        RawApp app = app(RawApp.ok("5"));
        try (var another = BareTls.server(mesh, mesh.east, "checkout", Mesh.instance(5), app.port())) {
            mesh.eastInstances.put(Mesh.instance(4), another.address());
            mesh.push();
            // When
            String answer = RawClient.once(east(4), GET);
            // Then
            assertThat(answer).startsWith("HTTP/1.1 502 ").contains("exactly that one was asked for");
            assertThat(caller.counted("tombolo_wrong_server_total")).isPositive();
            assertThat(app.heads).isEmpty();
        }
    }

    @Test
    void anInstanceThatFailsIsAskedAllTheSame() throws IOException {
        // Given what would be ejected
        mesh.gateway(90);
        mesh.inWest(1, app(RawApp.ok("1")).port());
        mesh.inWest(2, app(FAILING).port());
        mesh.push();
        int port = west(2);
        // When
        for (int i = 0; i < 20; i++) {
            // Then
            assertThat(RawClient.once(port, GET)).startsWith("HTTP/1.1 500 ");
        }
        assertThat(apps.getFirst().heads).isEmpty();
        // and who calls whoever is best gets to the other one
        assertThat(RawClient.once(caller.bind(Mesh.http()), GET)).endsWith("1");
    }

    @Test
    void oneBehindAGatewayThatStandsInForItIsReachedAsWell() throws IOException {
        // Given
        mesh.westMode = ExportMode.TERMINATE;
        mesh.gateway(90);
        for (int number = 1; number <= 3; number++) {
            mesh.westEndpoints.put(
                    Mesh.instance(number),
                    new HostPort("127.0.0.1", app(RawApp.ok("" + number)).port()));
        }
        mesh.push();
        // When, then
        for (int i = 0; i < 6; i++) {
            assertThat(RawClient.once(west(3), GET)).startsWith("HTTP/1.1 200 ").endsWith("3");
        }
    }

    @Test
    void aClusterThatDidNotSayWhoIsThereIsAskedForItAndKnows() throws IOException {
        // Given
        mesh.westTells = false;
        everywhere();
        // When, then
        for (int i = 0; i < 6; i++) {
            assertThat(RawClient.once(west(2), GET)).startsWith("HTTP/1.1 200 ").endsWith("2");
        }
        assertThat(RawClient.once(west(9), GET)).startsWith("HTTP/1.1 502 ").contains("TB-2010");
        assertThat(apps.getFirst().heads).isEmpty();
    }
}
