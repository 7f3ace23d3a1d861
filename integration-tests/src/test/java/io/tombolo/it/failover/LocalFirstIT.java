package io.tombolo.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.FaultProxy;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.ThreeClusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** East has the service itself; west of the same region is next, then south. West takes four requests at once. */
@Deep
@ExtendWith(ThreeClusters.Shared.class)
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalFirstIT {
    private static final int PER_SECOND = 1_000;
    private static final Map<String, String> CALLER = Map.of("failover.hold", "5s", "failover.ramp", "5s");

    private ThreeClusters three;
    private Peer west;
    private ServiceInstance inEast;
    private ServiceInstance inWest;
    private Traffic cart;

    @BeforeAll
    void oneOfEach(ThreeClusters three) {
        this.three = three;
        three.west().gateway().kill();
        west = Peer.of(three.west(), 1);
        Peer east = Peer.of(three.east(), 0);
        Peer south = Peer.of(three.south(), 0);
        List<ServiceInstance> made = Together.all(List.of(
                () -> east.exports("fail-cart", Map.of()),
                () -> west.exports("fail-cart", Map.of("inbound.max-concurrent", "4")),
                () -> south.exports("fail-cart", Map.of())));
        inEast = made.get(0);
        inWest = made.get(1);
        Caller caller = three.east().startsCaller("shop", "cart-user", "fail-cart.shop:80", CALLER);
        three.east().operator().awaitsGateways("west", 1);
        three.east().operator().awaitsReady("shop", "fail-cart", "west", 1);
        three.east().operator().awaitsReady("shop", "fail-cart", "south", 1);
        cart = new Traffic(caller, PER_SECOND, 64).steadilyBy("east").warm().measuring(1);
    }

    @AfterAll
    void end() throws Exception {
        three.endWorkloads();
        west.close();
        three.west().gateway().startAgain();
        three.east().operator().awaitsPathTo("west");
    }

    @Test
    void aLocalInstanceThatIsKilledIsReplacedByTheSameRegionWithinASecondAndNoRequestFails() {
        // When
        Curve curve =
                cart.around("local service killed", 8, () -> inEast.sidecar().kill());
        // Then
        Curve back =
                cart.around("local service back", 20, () -> inEast.sidecar().startAgain());
        cart.steadilyBy("east");
        assertThat(curve.failed()).isEmpty();
        assertThat(curve.timeToMove("west")).isLessThan(Duration.ofSeconds(1));
        assertThat(curve.share("east", 1, 8)).isZero();
        assertThat(back.failed()).isEmpty();
    }

    @Test
    void whatAStandbyThatIsOverloadedRefusesIsAnsweredByTheNextOneAndNoRequestFails() {
        // Given it can take 80 a second
        inWest.app().takes(Duration.ofMillis(50));
        // When
        Curve curve = new Traffic(cart.caller(), 400, 64)
                .around("standby overloaded", 10, () -> inEast.sidecar().kill());
        // Then
        inWest.app().takes(Duration.ZERO);
        inEast.sidecar().startAgain();
        cart.steadilyBy("east");
        assertThat(curve.failed()).isEmpty();
        assertThat(curve.share("west", 2, 10)).isGreaterThan(0.02);
        assertThat(curve.share("south", 2, 10)).isGreaterThan(0.5);
    }

    @Test
    void aStandbyThatCouldNotBeReachedAnyMoreWhileNobodyCalledItIsPassedOver() {
        // Given
        west.everyDoor(FaultProxy::swallowsAll);
        Awaitility.await("a standby that is known to be down")
                .atMost(Duration.ofSeconds(30))
                .until(() -> cart.caller().sidecar().counted("tombolo_paths_down") >= 1);
        // When
        Curve curve = cart.around(
                "local killed, standby black-holed before",
                6,
                () -> inEast.sidecar().kill());
        // Then
        west.everyDoor(FaultProxy::passes);
        inEast.sidecar().startAgain();
        cart.steadilyBy("east").measuring(1);
        assertThat(curve.failed()).isEmpty();
        assertThat(curve.timeToMove("south")).isLessThan(Duration.ofSeconds(1));
        assertThat(curve.share("south", 1, 6)).isEqualTo(1.0);
    }
}
