package io.tombolo.it.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Attacker;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.OpenStream;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.ThreeClusters;
import io.tombolo.it.actors.TickApp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.AuthorizationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that are not who they should be, and clusters that are put out: what is cut, how soon, and what stays dead. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvictionIT {
    private static final Duration CUT_WITHIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TICKS = "80.ticks.shop.east.demo.tombolo";

    private ThreeClusters three;
    private Cluster east;
    private Cluster west;
    private Cluster south;
    private ProxyProcess eastGateway;
    private ProxyProcess southGateway;
    private TickApp ticks;
    private ServiceInstance menu;
    private String madeBefore = "";

    /** In east, calls west's menu. */
    private Caller guest;

    /** In west, calls east's ticks. */
    private Caller waiter;

    /** In south, calls east's ticks. */
    private Caller tourist;

    @SuppressWarnings("NullAway.Init")
    private Attacker formerWaiter;

    @SuppressWarnings("NullAway.Init")
    private StolenCredential formerWest;

    @BeforeAll
    void exportFromThreeClusters(ThreeClusters three) {
        this.three = three;
        east = three.east();
        west = three.west();
        south = three.south();
        eastGateway = east.gateway();
        southGateway = south.gateway();
        ticks = TickApp.start();
        List<Object> started = Together.all(List.of(
                () -> east.startsSidecarFor("shop", "ticks", "ticks-1", ticks.port(), "tcp"),
                () -> west.startsService("shop", "menu", "menu-1"),
                () -> east.startsCaller("shop", "guest", "menu.shop:80", Map.of()),
                () -> west.startsCaller("shop", "waiter", "ticks.shop:80", Map.of()),
                () -> south.startsCaller("shop", "tourist", "ticks.shop:80", Map.of())));
        menu = (ServiceInstance) started.get(1);
        guest = (Caller) started.get(2);
        waiter = (Caller) started.get(3);
        tourist = (Caller) started.get(4);
        east.operator().exports("shop", "ticks");
        west.operator().exports("shop", "menu");
        east.operator().awaitsPathTo("west");
        west.operator().awaitsPathTo("east");
        south.operator().awaitsPathTo("east");
        guest.awaitsAnswerOf("west menu-1");
        flowing(waiter);
        flowing(tourist);
    }

    @Test
    @Order(1)
    void aWrongWorkloadOfTheRightClusterGetsNoByte() {
        // Given: west's waiter listens where west's menu was, and west's controller does not look
        int port = menu.sidecar().ready().path("inboundPort").asInt();
        int served = menu.app().requests();
        double before = guest.sidecar().counted("tombolo_wrong_server_total");
        west.controller().pause();
        menu.sidecar().kill();
        try (var trap = Attacker.withIdentityOf(waiter.sidecar()).answersAt(port, "http/1.1")) {
            for (int i = 0; i < 5; i++) {
                // When
                var answer = guest.gets("/");
                // Then
                assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(500);
            }
            assertThat(trap.connections()).isPositive();
            assertThat(trap.applicationBytes()).isZero();
        } finally {
            west.controller().resume();
        }
        assertThat(guest.sidecar().counted("tombolo_wrong_server_total")).isGreaterThan(before);
        assertThat(menu.app().requests()).isEqualTo(served);
        menu.sidecar().startAgain();
        guest.awaitsAnswerOf("west menu-1");
    }

    @Test
    @Order(2)
    void aClusterThatIgnoresItsEvictionIsCutWithinFiveSecondsInBothDirections() throws IOException {
        // Given
        OpenStream toWest = guest.streams("/stream").awaitsMore(50);
        OpenStream fromWest = waiter.connects().awaitsMore(50);
        formerWaiter = Attacker.withIdentityOf(waiter.sidecar());
        formerWest = StolenCredential.of(west, 1, three.federation().dir().resolve("stolen"));
        assertThatCode(() -> formerWest.writes("tombolo.demo.pulse")).doesNotThrowAnyException();
        OpenStream fromThief = steals(formerWaiter).awaitsMore(20);
        west.controller().pause();
        // When
        long evicted = System.nanoTime();
        east.operator().evicts("west");
        // Then
        List<Duration> cut =
                List.of(toWest.awaitsEnd(evicted), fromWest.awaitsEnd(evicted), fromThief.awaitsEnd(evicted));
        System.out.println("cut after an eviction: to west, from west, from a thief " + cut);
        assertThat(cut).allSatisfy(after -> assertThat(after).isLessThan(CUT_WITHIN));
        int served = menu.app().requests();
        for (int i = 0; i < 10; i++) {
            assertThat(guest.gets("/").statusCode()).isNotEqualTo(200);
        }
        assertThat(menu.app().requests()).isEqualTo(served);
        refused(waiter.connects());
        refused(steals(formerWaiter));
        awaitsStateOf("west", "EVICTED", south.operator());
        west.controller().resume();
    }

    @Test
    @Order(3)
    void whoWasEvictedWhileItDidNotListenIsToldSoAndGoesOnForItself() {
        // When, then
        Awaitility.await("west to know")
                .atMost(PATIENCE)
                .until(() -> west.operator().api().get("/status").path("state").asText(), "EVICTED"::equals);
        assertThatThrownBy(() -> west.operator().evicts("east")).hasMessageContaining("TB-4015 NOT_JOINED");
    }

    @Test
    @Order(3)
    void theKafkaCredentialOfAnEpochThatIsOverWritesNothing() {
        refusedByKafka("tombolo.demo.pulse");
        refusedByKafka("tombolo.demo.catalog.west");
    }

    private void refusedByKafka(String topic) {
        assertThatThrownBy(() -> formerWest.writes(topic))
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(AuthorizationException.class),
                        e -> assertThat(e).cause().isInstanceOf(AuthorizationException.class));
    }

    @Test
    @Order(4)
    void joiningAgainBeginsANewEpochInWhichTheOldCertificatesStayDead() {
        // When
        var job = west.operator().joins(east.operator().invites("west"));
        // Then
        assertThat(job.path("state").asText()).as(job.toString()).isNotEqualTo("FAILED");
        assertThat(east.operator().sees("west").path("epoch").asLong()).isEqualTo(2);
        guest.awaitsAnswerOf("west menu-1");
        flowing(waiter);
        steals(Attacker.withIdentityOf(waiter.sidecar())).awaitsMore(20).close();
        refused(steals(formerWaiter));
        refusedByKafka("tombolo.demo.catalog.west");
    }

    @Test
    @Order(5)
    void aDeadClusterIsPutOutWithKafkaDeadTooAndIsCutAtTheAuthoritysOwnProxies() {
        // Given
        Attacker formerTourist = Attacker.withIdentityOf(tourist.sidecar());
        OpenStream fromThief = steals(formerTourist).awaitsMore(20);
        madeBefore = east.operator().invites("south");
        tourist.sidecar().kill();
        southGateway.kill();
        south.controller().kill();
        three.federation().backbone().kill();
        // When
        long evictedNanos = System.nanoTime();
        var evicted = east.operator().evicts("south");
        // Then
        assertThat(evicted.path("backbone").asText()).isEqualTo("pending");
        Duration cut = fromThief.awaitsEnd(evictedNanos);
        System.out.println("cut after an eviction without Kafka: " + cut);
        assertThat(cut).isLessThan(CUT_WITHIN);
        refused(steals(formerTourist));
        assertThat(pending()).isPositive();
        // When
        three.federation().backbone().startAgain();
        // Then
        awaitsStateOf("south", "EVICTED", west.operator());
        Awaitility.await("nothing pending").atMost(PATIENCE).until(() -> pending() == 0);
    }

    @Test
    @Order(6)
    void theDeadClusterThatCameBackLearnsThatItIsOutAndJoinsAgain() {
        // Given
        south.startControllerAgain();
        Awaitility.await("south to know")
                .atMost(PATIENCE)
                .until(() -> south.operator().api().get("/status").path("state").asText(), "EVICTED"::equals);
        southGateway.startAgain();
        tourist.sidecar().startAgain();
        String token = east.operator().invites("south");
        // When
        var withTheOldToken = south.operator().triesToJoin(madeBefore);
        var tried = south.operator().triesToJoin(token);
        var job = south.operator().joins(token);
        // Then
        assertThat(withTheOldToken.toString()).contains("TB-4005");
        assertThat(tried.path("state").asText()).as(tried.toString()).isEqualTo("DONE");
        assertThat(job.path("state").asText()).as(job.toString()).isNotEqualTo("FAILED");
        assertThat(east.operator().sees("south").path("epoch").asLong()).isEqualTo(2);
        flowing(tourist);
    }

    private OpenStream steals(Attacker attacker) {
        return attacker.connects(eastGateway.ready().path("port").asInt(), TICKS, "tombolo-tcp");
    }

    /** Not one byte comes. */
    private static void refused(OpenStream stream) {
        stream.awaitsEnd(System.nanoTime());
        assertThat(stream.bytes()).isZero();
    }

    private static void flowing(Caller caller) {
        Awaitility.await("bytes of the ticks").atMost(PATIENCE).until(() -> {
            try (OpenStream stream = caller.connects()) {
                Awaitility.await().atMost(PATIENCE).until(() -> stream.bytes() > 20 || !stream.isOpen());
                return stream.bytes() > 20;
            }
        });
    }

    private static void awaitsStateOf(String cluster, String state, Operator witness) {
        Awaitility.await(cluster + " " + state)
                .atMost(PATIENCE)
                .until(() -> witness.sees(cluster).path("state").asText(), state::equals);
    }

    private int pending() {
        return east.operator()
                .api()
                .get("/status")
                .path("backbone")
                .path("pending")
                .asInt();
    }

    @AfterAll
    void end() throws Exception {
        ticks.close();
        three.endWorkloads();
    }
}
