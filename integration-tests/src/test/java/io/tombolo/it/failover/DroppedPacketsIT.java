package io.tombolo.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Network;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.ThreeClusters;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * West's gateway and workload live in a network namespace in which packets to one port are dropped: the kernel's own black hole,
 * with its retransmissions. The probe goes where the traffic goes: it must not be deceived by another port, either way.
 */
@Deep
@ExtendWith(ThreeClusters.Ended.class)
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DroppedPacketsIT {
    private static final int APP_PORT = 8080;
    private static final int INBOUND_PORT = 15006;
    private static final Map<String, String> CALLER = Map.of("failover.hold", "5s", "failover.ramp", "5s");

    private Network network;
    private Federation federation;
    private ProxyProcess gateway;
    private Traffic traffic;

    @BeforeAll
    void westInANamespace() {
        network = Network.of("west");
        String outside = network.outside();
        federation = Federation.linked(
                Federation.threeClusters(),
                Map.of(
                        "advertised-host", outside,
                        "api.host", outside,
                        "proxies.host", outside,
                        "enrolment.host", outside));
        federation.cluster("east").startsGateway("gateway", Map.of("listen.host", outside));
        Peer south = Peer.of(federation.cluster("south"), 0);
        south.cluster().startsGateway("gateway", Map.of("listen.host", outside));
        south.exports("stock", Map.of());
        inhabitWest(federation.cluster("west"));
        Caller caller = federation.cluster("east").startsCaller("shop", "frontend", "stock.shop:80", CALLER);
        var operator = federation.cluster("east").operator();
        operator.awaitsGateways("west", 1);
        operator.awaitsGateways("south", 1);
        operator.awaitsReady("shop", "stock", "west", 1);
        operator.awaitsReady("shop", "stock", "south", 1);
        traffic = new Traffic(caller, 1_000, 64).steadilyBy("west").warm().measuring(2);
    }

    private void inhabitWest(Cluster west) {
        west.livesInside(network.inside("west"));
        gateway = west.startsGateway("gateway", Map.of("listen.host", network.address("west")));
        west.startsApp("stock", APP_PORT);
        west.startsSidecar(
                "shop",
                "stock",
                "stock",
                Map.of(
                        "service",
                        "shop/stock",
                        "service-port",
                        "80",
                        "app-port",
                        String.valueOf(APP_PORT),
                        "inbound.host",
                        Network.WORKLOAD,
                        "inbound.port",
                        String.valueOf(INBOUND_PORT)));
        west.operator().exports("shop", "stock");
    }

    @AfterAll
    void end() {
        if (federation != null) {
            federation.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void aDataPortThatIsDeadWhileTheAdminPortLivesIsLeftWithinThreeSecondsAndNoRequestFails() {
        // When
        Curve curve = traffic.around(
                "packets to the data port dropped",
                8,
                () -> network.drops("west", gateway.ready().path("port").asInt()));
        // Then
        network.passes("west");
        traffic.steadilyBy("west");
        assertThat(curve.failed()).isEmpty();
        assertThat(curve.timeToMove("south")).isLessThan(Duration.ofSeconds(3));
        assertThat(curve.share("south", 3, 8)).isEqualTo(1.0);
    }

    @Test
    void anAdminPortThatIsDeadWhileTheDataPortLivesMovesNothing() {
        // When
        Curve curve = traffic.around(
                "packets to the admin port dropped",
                8,
                () -> network.drops("west", gateway.ready().path("adminPort").asInt()));
        // Then
        network.passes("west");
        assertThat(curve.failed()).isEmpty();
        assertThat(curve.share("west", -2, 8)).isEqualTo(1.0);
    }
}
