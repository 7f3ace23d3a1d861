package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.kube.ApiServer;
import io.tombolo.it.actors.kube.TwoReplicas;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The cluster that lets others in has two controllers: whichever leads lets in, puts out, and is believed. */
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Deep
class AuthorityOfTwoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ApiServer api;
    private Federation federation;
    private TwoReplicas east;
    private Cluster west;
    private Cluster south;
    private RunningProgram first;
    private RunningProgram second;

    @BeforeAll
    void foundWithTheFirstOfTwo() throws IOException {
        api = ApiServer.start();
        federation = Federation.unlinked(Map.of());
        east = TwoReplicas.first(api, federation, "east", "127.0.0.10");
        west = federation.addCluster("west", "eu");
        south = federation.addCluster("south", "us");
        second = east.starts(1);
        operator().founds("demo", federation.backbone().connectionFile());
        west.awaitReady();
        south.awaitReady();
        federation.link("west");
        east.awaitsLease(0, "east-1");
    }

    @AfterAll
    void end() {
        federation.close();
        east.close();
        api.close();
    }

    private Operator operator() {
        return east.cluster().operator();
    }

    @Test
    @Order(1)
    void aTokenOfTheOneThatDiedIsGoodAtTheOther() {
        // Given
        String token = operator().invites("south");
        // When
        east.cluster().controller().kill();
        east.isLedBy(1, "");
        // Then
        joins(south, token);
        awaitsState("south", "ADMITTED", west.operator());
        awaitsState("west", "ADMITTED", south.operator());
    }

    @Test
    @Order(2)
    void theOtherOnePutsOutWhomTheFirstLetInAndLetsItInAgain() {
        // When
        operator().evicts("west");
        // Then
        awaitsState("west", "EVICTED", south.operator());
        Awaitility.await("west to know")
                .atMost(PATIENCE)
                .until(() -> west.operator().api().get("/status").path("state").asText(), "EVICTED"::equals);
        // When
        joins(west, operator().invites("west"));
        // Then
        awaitsState("west", "ADMITTED", south.operator());
        assertThat(operator().sees("west").path("epoch").asLong()).isEqualTo(2);
    }

    @Test
    @Order(3)
    void theFirstOneKnowsOfItWhenItLeadsAgain() {
        // Given
        first = east.starts(0);
        east.awaitsLease(1, "east-0");
        // When
        second.stop();
        east.isLedBy(0, "");
        // Then
        assertThat(operator().sees("west").path("epoch").asLong()).isEqualTo(2);
        assertThat(operator().sees("south").path("state").asText()).isEqualTo("ADMITTED");
        // When
        operator().evicts("south");
        // Then
        awaitsState("south", "EVICTED", west.operator());
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    @Order(4)
    void itChangesItsKeyAndIsBelievedAfterwards() {
        // When
        JsonNode job = operator().rotatesKeys();
        // Then
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("DONE");
        joins(south, operator().invites("south"));
        awaitsState("south", "ADMITTED", west.operator());
    }

    @Test
    @Order(5)
    void withoutKafkaItEndsInOrderAndTheOtherHasWhatItAcknowledged() {
        // Given
        second = east.starts(1);
        east.awaitsLease(0, "east-1");
        federation.backbone().kill();
        operator().exportsHttp("shop", "late");
        // When
        first.stop();
        // Then
        assertThat(first.lines()).anyMatch(line -> line.endsWith("the lease is given back"));
        east.isLedBy(1, "");
        assertThat(operator().keeps("shop", "late")).contains("late");
        // When
        federation.backbone().startAgain();
        // Then
        Awaitility.await("the other cluster to have it")
                .atMost(PATIENCE)
                .until(() -> west.operator().api().get("/services").toString().contains("late"));
    }

    private static void joins(Cluster cluster, String token) {
        JsonNode job = cluster.operator().joins(token);
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isIn("DONE", "PARTIAL");
    }

    private static void awaitsState(String cluster, String state, Operator witness) {
        Awaitility.await("a witness to see that " + cluster + " is " + state)
                .atMost(PATIENCE)
                .until(() -> witness.sees(cluster).path("state").asText(), state::equals);
    }
}
