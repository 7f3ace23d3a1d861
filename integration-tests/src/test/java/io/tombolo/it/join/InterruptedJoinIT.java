package io.tombolo.it.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.NetworkFault;
import io.tombolo.it.actors.Operator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Joins that are broken off in the middle, by the death of either side, and what becomes of them. */
@Deep
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterruptedJoinIT {
    /** A request to redeem has four certificate requests and a root in it; a hello does not have 200 bytes. */
    private static final int REDEEM_BYTES = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Federation federation;
    private Cluster authority;
    private Operator east;

    @BeforeAll
    void found() {
        federation = Federation.unlinked(Map.of("east", "eu", "south", "us", "north", "eu"));
        authority = federation.cluster("east");
        east = authority.operator();
        east.founds("demo", federation.backbone().connectionFile());
    }

    @Test
    @Order(1)
    void aJoinerThatDiedBeforeItHeardTheAnswerGetsTheSameOneAgain() {
        // Given
        Cluster south = federation.cluster("south");
        JsonNode token = east.invites("south", Duration.ofMinutes(5));
        diesWhileJoining(south, token);
        Standing admitted = Standing.of(east);
        assertThat(admitted.members().get("south")).startsWith("1 ADMITTED");
        assertThat(stateOf(south)).isEqualTo("UNJOINED");
        // When
        JsonNode repeated = south.operator().joins(token.path("token").asText());
        // Then
        assertThat(repeated.path("state").asText()).as(repeated.toString()).isNotEqualTo("FAILED");
        assertThat(stateOf(south)).isEqualTo("JOINED");
        assertThat(Standing.of(east)).isEqualTo(admitted);
        assertThat(south.operator().api().get("/status").path("epoch").asLong()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void aJoinThatWasGivenUpInTheMiddleIsMadeAnewAfterAnEviction() {
        // Given
        Cluster north = federation.cluster("north");
        JsonNode given = east.invites("north", Duration.ofMinutes(5));
        diesWhileJoining(north, given);
        east.evicts("north");
        // When
        JsonNode replayed = north.operator().joins(given.path("token").asText());
        JsonNode renewed = north.operator().joins(east.invites("north"));
        // Then
        assertThat(replayed.path("error").path("code").asText())
                .as(replayed.toString())
                .isEqualTo("TB-4003");
        assertThat(renewed.path("state").asText()).as(renewed.toString()).isNotEqualTo("FAILED");
        assertThat(Standing.of(east).members().get("north")).startsWith("2 ADMITTED");
        assertThat(stateOf(north)).isEqualTo("JOINED");
    }

    @Test
    @Order(3)
    void anAuthorityThatDiedWithTheTokenClaimedAdmitsThatJoinerOnce() {
        // Given
        Cluster north = federation.cluster("north");
        north.operator().leaves();
        JsonNode token = east.invites("north", Duration.ofMinutes(5));
        long before = Standing.of(east).membersVersion();
        federation.backbone().kill();
        CompletableFuture<JsonNode> begun =
                north.operator().beginsToJoin(token.path("token").asText());
        east.awaitsToken(token.path("id").asText(), "redeeming");
        // When
        authority.controller().kill();
        federation.backbone().startAgain();
        authority.startControllerAgain();
        // Then
        assertThat(begun.join().path("error").path("code").asText()).isEqualTo("TB-4012");
        assertThat(east.tokenState(token.path("id").asText())).isEqualTo("redeeming");
        assertThat(stateOf(north)).isEqualTo("LEFT");
        // When
        JsonNode repeated = north.operator().joins(token.path("token").asText());
        // Then
        assertThat(repeated.path("state").asText()).as(repeated.toString()).isNotEqualTo("FAILED");
        Standing after = Standing.of(east);
        assertThat(after.tokens().get(token.path("id").asText())).isEqualTo("used");
        assertThat(after.members().get("north")).startsWith("3 ADMITTED");
        assertThat(after.membersVersion()).isEqualTo(before + 1);
        assertThat(stateOf(north)).isEqualTo("JOINED");
    }

    @Test
    @Order(4)
    void aDeadClusterThatTheAuthorityLetGoLearnsSoAndJoinsAgain() {
        // Given
        Cluster south = federation.cluster("south");
        south.controller().kill();
        // When
        east.letsGo("south");
        // Then
        Awaitility.await("south to have left")
                .atMost(PATIENCE)
                .until(() ->
                        Standing.of(east).members().getOrDefault("south", "").startsWith("1 LEFT"));
        // When
        south.startControllerAgain();
        // Then
        Awaitility.await("south to know").atMost(PATIENCE).until(() -> stateOf(south), "LEFT"::equals);
        JsonNode again = south.operator().joins(east.invites("south"));
        assertThat(again.path("state").asText()).as(again.toString()).isNotEqualTo("FAILED");
        assertThat(Standing.of(east).members().get("south")).startsWith("2 ADMITTED");
    }

    @Test
    @Order(5)
    void aClusterThatLeftIsBelievedInAnotherFederation() {
        // Given
        Operator north = federation.cluster("north").operator();
        north.leaves();
        Operator hub = federation.addStranger("hub", "hub").awaitReady().operator();
        hub.founds("other", federation.backbone().connectionFile());
        // When
        JsonNode joined = north.joins(hub.invites("north"));
        // Then
        assertThat(joined.path("state").asText()).as(joined.toString()).isNotEqualTo("FAILED");
        Awaitility.await("north's word")
                .atMost(PATIENCE)
                .until(() -> hub.sees("north").path("freshness").asText(), "FRESH"::equals);
        assertThat(hub.sees("north").path("epoch").asLong()).isEqualTo(1);
        assertThat(Standing.of(east).members().get("north")).startsWith("3 LEFT");
    }

    /** The authority admits it, and it is killed before a byte of the answer arrives; then it is started again. */
    private void diesWhileJoining(Cluster joiner, JsonNode token) {
        try (var network = NetworkFault.losingAnswersTo(REDEEM_BYTES, authority.enrolmentAddress())) {
            var begun = joiner.operator().beginsToJoin(Tokens.sentTo(token, network.address()));
            east.awaitsToken(token.path("id").asText(), "used");
            joiner.controller().kill();
            assertThat(begun).failsWithin(Duration.ofSeconds(10));
            assertThat(network.lost()).isEqualTo(1);
        }
        joiner.startControllerAgain();
    }

    private static String stateOf(Cluster cluster) {
        return cluster.operator().api().get("/status").path("state").asText();
    }

    @AfterAll
    void end() {
        federation.close();
    }
}
