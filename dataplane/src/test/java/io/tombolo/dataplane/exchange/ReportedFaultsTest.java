package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.model.traffic.TrafficPolicy;
import io.tombolo.testing.GrpcApp;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What went wrong elsewhere, through real sidecars and gateways. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReportedFaultsTest {
    private final Mesh mesh = new Mesh(1);
    private final List<AutoCloseable> started = new ArrayList<>();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "web", 0, 0);
    private int tcpPort;

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
        mesh.close();
    }

    @Test
    void aGatewayThatAnswersProbesAndPassesNothingOnIsGoneAroundAndCostsNoCall() throws IOException {
        // Given: of two gateways one knows of no instance
        mesh.inWest(1, server("1").port());
        mesh.gateway(90);
        var hollow = new TestGateway(mesh, Mesh.instance(91));
        started.add(hollow);
        mesh.westGateways.put(hollow.instance(), hollow.address());
        mesh.measured = PathHealth.State.UP;
        mesh.push();
        hollow.configure(ProxyConfig.EMPTY);
        // When: each call has a connection of its own
        for (int i = 0; i < 40; i++) {
            assertThat(echoedOverTcp("call " + i)).isEqualTo("call " + i);
        }
        // Then
        assertThat(caller.summed("tombolo_ejections_total")).isZero();
        assertThat(refusals(hollow)).as("calls that tried it first").isBetween(1L, 20L);
    }

    private static long refusals(TestGateway gateway) {
        long all = 0;
        for (Fault fault : Fault.values()) {
            all += gateway.faults(fault);
        }
        return all;
    }

    @Test
    void aGatewayThatPassesOnAndFailsItsProbesIsUsedWhenThereIsNoOther() throws IOException {
        // Given
        mesh.inWest(1, server("1").port());
        mesh.gateway(90);
        mesh.measured = PathHealth.State.DOWN;
        mesh.push();
        // When, then
        for (int i = 0; i < 10; i++) {
            assertThat(get()).endsWith("1");
        }
        assertThat(caller.summed("tombolo_ejections_total")).isZero();
    }

    @Test
    void aPortThatOnlyOneOfTwoClustersExportsIsAskedOfThatOneAlone() throws IOException {
        // Given
        TestSidecar near = mesh.inEast(1, server("east").port());
        mesh.inWest(2, server("west").port());
        mesh.gateway(90);
        mesh.westPorts = Set.of(Mesh.HTTP_PORT);
        mesh.push();
        assertThat(echoedOverTcp("to east")).isEqualTo("to east");
        // When
        mesh.eastInstances.clear();
        near.die();
        mesh.push();
        // Then
        assertThat(get()).endsWith("west");
        assertThat(echoedOverTcp("to nobody")).isEmpty();
    }

    @Test
    void whateverZonesInstancesAreInEachGetsWhatItWeighs() throws IOException {
        // Given: three zones that weigh 100, 200 and 300 together
        Map<InstanceId, RosterEntry> roster = new HashMap<>();
        int[] weights = {100, 100, 100, 150, 150};
        String[] zones = {"a", "b", "b", "c", "c"};
        for (int i = 0; i < weights.length; i++) {
            InstanceId id = mesh.inWest(i + 1, server(zones[i]).port()).instance();
            roster.put(id, new RosterEntry(id, InstanceState.READY, weights[i], zones[i]));
        }
        mesh.westRoster = id -> roster.getOrDefault(id, new RosterEntry(id, InstanceState.READY, 100, ""));
        mesh.gateway(90);
        mesh.traffic.add(inTurn());
        mesh.push();
        Map<String, Integer> counts = new HashMap<>();
        // When
        try (var client = new RawClient(caller.proxyPort())) {
            for (int i = 0; i < 240; i++) {
                client.send(request());
                String answer = client.answer();
                counts.merge(answer.substring(answer.length() - 1), 1, Integer::sum);
            }
        }
        // Then
        assertThat(counts).containsOnly(Map.entry("a", 40), Map.entry("b", 80), Map.entry("c", 120));
    }

    @Test
    void oneWarmClientOfGrpcSpreadsOverFourInstancesThatComeLater() {
        // Given
        mesh.gateway(90);
        GrpcApp first = inWest(1);
        mesh.push();
        ManagedChannel channel = GrpcApp.client(caller.bind(Mesh.grpc()));
        started.add(channel::shutdownNow);
        say(channel, 20);
        assertThat(first.calls).hasValue(20);
        // When
        var others = List.of(inWest(2), inWest(3), inWest(4), inWest(5));
        mesh.traffic.add(inTurn());
        mesh.push();
        say(channel, 100);
        // Then
        assertThat(others).allSatisfy(app -> assertThat(app.calls.get()).isBetween(15, 25));
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(5);
    }

    private static void say(ManagedChannel channel, int times) {
        for (int i = 0; i < times; i++) {
            var _ = ClientCalls.blockingUnaryCall(
                    channel, GrpcApp.SAY, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), "x");
        }
    }

    private GrpcApp inWest(int number) {
        var app = new GrpcApp("" + number);
        started.add(app);
        mesh.inWest(number, app.port());
        return app;
    }

    /** Answers HTTP by its name; behind the port of TCP it says everything again. */
    private RawApp server(String name) throws IOException {
        mesh.tcpAppPort = RawApp.start((in, out, socket) -> in.transferTo(out)).port();
        return RawApp.answering(RawApp.ok(name));
    }

    private static TrafficPolicy inTurn() {
        return new TrafficPolicy(
                Mesh.CHECKOUT,
                Mesh.CHECKOUT,
                Instant.EPOCH,
                new Balance.RoundRobin(),
                Duration.ZERO,
                TrafficLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Empty = hung up. */
    private String echoedOverTcp(String text) throws IOException {
        if (tcpPort == 0) {
            tcpPort = caller.bind(Mesh.tcp());
        }
        try (var client = new RawClient(tcpPort)) {
            client.send(text);
            client.socket.shutdownOutput();
            return client.rest();
        } catch (SocketException reset) {
            return "";
        }
    }

    private String get() throws IOException {
        try (var client = new RawClient(caller.proxyPort())) {
            client.send(request());
            return client.answer();
        }
    }

    private String request() {
        return "GET http://checkout.shop.svc.clusterset.local/ HTTP/1.1\r\nHost: checkout.shop.svc.clusterset.local\r\n"
                + caller.authorization() + "\r\n";
    }
}
