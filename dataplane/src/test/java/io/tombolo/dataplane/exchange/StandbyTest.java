package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.policy.ImportGate;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections before they are needed. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StandbyTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final Predicate<Predicate<EndpointKey>> NOTHING_WAITS = wanted -> false;

    private final Mesh mesh = new Mesh();

    @AfterEach
    void end() {
        mesh.close();
    }

    private static long at(Duration time) {
        return time.toNanos();
    }

    private static Optional<Picked> west(ServicePort port) {
        return Optional.of(new Picked(
                new EndpointKey(port, WEST, Optional.empty()),
                new HostPort("10.0.0.1", 15_443),
                Optional.empty(),
                Sni.Service.any(port, WEST, io.tombolo.dataplane.fixture.TestCluster.FEDERATION),
                Set.of()));
    }

    private Permit permit() {
        TestSidecar any = mesh.sidecar(mesh.east, "frontend", 0, 0);
        mesh.inEast(1, 1);
        mesh.push();
        return ImportGate.check(any.current.get(), ImportRoute.byPort(any.current.get(), Mesh.http()));
    }

    @Test
    void onlyAServiceInUseGetsOneAndOnlyOnceUntilItMayHaveFailed() {
        // Given
        var standby = new Standby(8);
        standby.used(permit(), at(Duration.ZERO));
        // When
        List<Picked> first = standby.missing(at(Duration.ofSeconds(1)), StandbyTest::west, NOTHING_WAITS);
        List<Picked> soon = standby.missing(at(Duration.ofSeconds(3)), StandbyTest::west, NOTHING_WAITS);
        List<Picked> later = standby.missing(at(Duration.ofSeconds(6)), StandbyTest::west, NOTHING_WAITS);
        List<Picked> unused = standby.missing(at(Duration.ofSeconds(61)), StandbyTest::west, NOTHING_WAITS);
        // Then
        assertThat(first).extracting(picked -> picked.endpoint().cluster()).containsExactly(WEST);
        assertThat(soon).isEmpty();
        assertThat(later).hasSize(1);
        assertThat(unused).isEmpty();
        assertThat(standby.size()).isZero();
    }

    @Test
    void oneThatWaitsIsEnoughWhicheverInstanceItLeadsTo() {
        // Given
        var standby = new Standby(8);
        standby.used(permit(), at(Duration.ZERO));
        var waiting = new EndpointKey(Mesh.http(), WEST, Optional.of(Mesh.instance(5)));
        // When
        List<Picked> missing =
                standby.missing(at(Duration.ofSeconds(1)), StandbyTest::west, wanted -> wanted.test(waiting));
        // Then
        assertThat(missing).isEmpty();
    }

    @Test
    void offMeansThatNothingIsRemembered() {
        // Given
        var standby = new Standby(0);
        // When
        standby.used(permit(), at(Duration.ZERO));
        // Then
        assertThat(standby.size()).isZero();
    }

    @Test
    void theNextClustersConnectionIsThereBeforeAnythingFails() throws IOException {
        // Given
        mesh.standby = 8;
        TestSidecar caller = mesh.sidecar(mesh.east, "frontend", 0, 0);
        TestSidecar local = mesh.inEast(1, RawApp.answering(RawApp.ok("east")).port());
        RawApp far = RawApp.answering(RawApp.ok("west"));
        BlindGateway gateway = BlindGateway.to(mesh.inWest(2, far.port()));
        mesh.westGateways.put(Mesh.instance(90), gateway.address());
        mesh.push();
        String get = "GET http://checkout.shop/ HTTP/1.1\r\nHost: x\r\n" + caller.authorization() + "\r\n";
        try (var client = new RawClient(caller.proxyPort())) {
            client.send(get);
            assertThat(client.answer()).endsWith("east");
            // When
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (caller.counted("tombolo_standby_dials_total{result=\"connected\"}") == 0) {
                assertThat(System.nanoTime() - deadline)
                        .as("no standby was dialled")
                        .isNegative();
                Thread.onSpinWait();
            }
            // Then: nothing was asked through it, and its ways are measured before they are needed
            assertThat(far.heads).isEmpty();
            assertThat(caller.outbound.usedClusters().now(System.nanoTime())).containsExactly(mesh.west.id());
            // When: the very loop that has it loses its cluster
            int before = gateway.connections();
            local.die();
            client.send(get);
            // Then
            assertThat(client.answer()).endsWith("west");
            assertThat(gateway.connections()).isEqualTo(before);
        }
    }
}
