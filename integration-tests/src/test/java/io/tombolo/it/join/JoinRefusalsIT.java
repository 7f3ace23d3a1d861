package io.tombolo.it.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Every way in which a token does not open the door: each has its own code, and nothing is changed by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Beside
class JoinRefusalsIT {
    /** A copy that is not found out by then never will be. */
    private static final int MOST_EXPORTS = 200;

    private Federation federation;
    private Operator east;
    private Operator west;

    /** Has its own keys and its own CA, and calls itself west. */
    private Cluster thief;

    private String usedToken = "";

    @BeforeAll
    void found() {
        federation = Federation.unlinked(Map.of("east", "eu", "west", "eu"));
        thief = federation.addStranger("west", "thief");
        east = federation.cluster("east").operator();
        west = federation.cluster("west").operator();
        east.founds("demo", federation.backbone().connectionFile());
        thief.awaitReady();
    }

    @Test
    @Order(1)
    void aTokenForAnotherNameIsRefusedAlsoWhenTheNameInItWasChanged() {
        // Given
        JsonNode token = east.invites("south", Duration.ofMinutes(5));
        // When, then
        refused("TB-4006", token.path("token").asText());
        refused("TB-4006", Tokens.changed(token, t -> t.setCluster("west")));
        assertThat(east.tokenState(id(token))).isEqualTo("open");
    }

    @Test
    @Order(1)
    void anExpiredTokenIsRefused() {
        // Given
        JsonNode token = east.invites("west", Duration.ofSeconds(1));
        east.awaitsToken(id(token), "expired");
        // When, then
        refused("TB-4002", token.path("token").asText());
        refused("TB-4002", Tokens.changed(token, t -> t.setExpiresAtMs(Long.MAX_VALUE)));
        assertThat(east.tokenState(id(token))).isEqualTo("expired");
    }

    @Test
    @Order(1)
    void aRevokedTokenIsRefused() {
        // Given
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        east.api().delete("/tokens/" + id(token));
        // When, then
        refused("TB-4005", token.path("token").asText());
        assertThat(east.tokenState(id(token))).isEqualTo("revoked");
    }

    @Test
    @Order(1)
    void aTokenThatPinsAnotherCaIsNotShownToTheAuthority() {
        // Given
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        // When, then
        refused("TB-4007", Tokens.changed(token, t -> t.setCaPin(Tokens.flipped(t.getCaPin()))));
        assertThat(east.tokenState(id(token))).isEqualTo("open");
    }

    @Test
    @Order(1)
    void anAuthorityWithAnotherCaInFrontGetsNoRequest() {
        // Given
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        // When, then
        refused("TB-4007", Tokens.sentTo(token, thief.enrolmentAddress()));
        assertThat(east.tokenState(id(token))).isEqualTo("open");
    }

    @Test
    @Order(1)
    void aTokenThatNobodyMadeHereIsRefused() {
        // Given
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        // When, then
        refused("TB-4004", Tokens.changed(token, t -> t.setTokenId(Tokens.flipped(t.getTokenId()))));
        refused("TB-4008", Tokens.changed(token, t -> t.setFederationId(Tokens.flipped(t.getFederationId()))));
        refused("TB-4009", Tokens.changed(token, t -> t.setSeed(Tokens.flipped(t.getSeed()))));
        refused("TB-4012", Tokens.sentTo(token, "127.0.0.1:1"));
        assertThat(east.tokenState(id(token))).isEqualTo("open");
    }

    @Test
    @Order(1)
    void aTokenFileThatOthersCanReadIsNotRead() throws IOException {
        // Given
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        Path file = Files.writeString(
                federation.dir().resolve("west.token"), token.path("token").asText());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Standing before = Standing.of(east);
        // When
        var did = new Terminal(federation.dir().resolve("home"))
                .with("TOMBOLO_CONTEXTS", west.contexts().toString())
                .tombolo("join", "--context", "west", "--token-file", file.toString());
        // Then
        assertThat(did.exitCode()).isEqualTo(2);
        assertThat(did.errors()).startsWith("TB-1006 FILE_TOO_OPEN").contains("chmod 600");
        assertThat(Standing.of(east)).isEqualTo(before);
    }

    @Test
    @Order(1)
    void aDryRunSaysThatItWouldSucceedAndRedeemsNothing() {
        // Given
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        Standing before = Standing.of(east);
        // When
        JsonNode job = west.triesToJoin(token.path("token").asText());
        // Then
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("DONE");
        assertThat(Standing.of(east)).isEqualTo(before);
        assertThat(west.api().get("/status").path("state").asText()).isEqualTo("UNJOINED");
    }

    @Test
    @Order(2)
    void ofTwoThatRaceWithOneTokenOneIsAdmittedAndTheOtherIsToldThatItIsUsed() {
        // Given
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        usedToken = token.path("token").asText();
        long before = Standing.of(east).membersVersion();
        // When
        var first = west.beginsToJoin(usedToken);
        var second = thief.operator().beginsToJoin(usedToken);
        List<JsonNode> jobs = List.of(first.join(), second.join());
        // Then
        assertThat(jobs)
                .filteredOn(job -> job.path("state").asText().equals("FAILED"))
                .singleElement()
                .satisfies(job -> assertThat(code(job)).as(job.toString()).isEqualTo("TB-4003"));
        assertThat(east.tokenState(id(token))).isEqualTo("used");
        Standing after = Standing.of(east);
        assertThat(after.membersVersion()).isEqualTo(before + 1);
        assertThat(after.members().get("west")).startsWith("1 ADMITTED");
        assertThat(List.of(stateOf(west), stateOf(thief.operator()))).containsExactlyInAnyOrder("JOINED", "UNJOINED");
    }

    @Test
    @Order(3)
    void aReplayedTokenIsRefusedAndTheWinnerNeedsNone() {
        // Given
        Operator winner = stateOf(west).equals("JOINED") ? west : thief.operator();
        Operator loser = winner == west ? thief.operator() : west;
        Standing before = Standing.of(east);
        // When
        JsonNode replayed = loser.joins(usedToken);
        // Then
        assertThat(code(replayed)).as(replayed.toString()).isEqualTo("TB-4003");
        assertThatThrownBy(() -> winner.joins(usedToken)).hasMessageContaining("TB-4016 ALREADY_JOINED");
        assertThat(Standing.of(east)).isEqualTo(before);
    }

    @Test
    @Order(3)
    void aNewTokenForTheNameOfAMemberIsRefusedAndStaysAsItWas() {
        // Given
        Operator loser = stateOf(west).equals("JOINED") ? thief.operator() : west;
        JsonNode token = east.invites("west", Duration.ofMinutes(5));
        Standing before = Standing.of(east);
        // When
        JsonNode tried = loser.joins(token.path("token").asText());
        // Then
        assertThat(code(tried)).as(tried.toString()).isEqualTo("TB-4011");
        assertThat(Standing.of(east)).isEqualTo(before);
        assertThat(east.tokenState(id(token))).isEqualTo("open");
    }

    @Test
    @Order(3)
    void aMemberThatIsNoAuthorityMayNeitherInviteNorEvict() {
        // Given
        Operator member = stateOf(west).equals("JOINED") ? west : thief.operator();
        Standing before = Standing.of(east);
        // When, then
        assertThatThrownBy(() -> member.invites("south")).hasMessageContaining("TB-4010 NOT_AN_AUTHORITY");
        assertThatThrownBy(() -> member.evicts("east")).hasMessageContaining("TB-4010 NOT_AN_AUTHORITY");
        assertThat(Standing.of(east)).isEqualTo(before);
    }

    @Test
    @Order(4)
    void aCopiedStateDirectoryStartedBesideTheOriginalIsRefusedAndTheOriginalGoesOn() throws IOException {
        // Given
        Cluster original = stateOf(west).equals("JOINED") ? federation.cluster("west") : thief;
        int exported = exportsOneMore(original.operator(), 0);
        Path copy = federation.dir().resolve("copy");
        copy(original.controllerState(), copy);
        exported = exportsOneMore(original.operator(), exported);
        // When
        Operator copied = original.startControllerOn(copy);
        // Then
        while (!stateOf(copied).equals("CLONED")) {
            exported = exportsOneMore(original.operator(), exported);
            assertThat(exported).isLessThan(MOST_EXPORTS);
        }
        assertThatThrownBy(() -> exports(copied, "forged")).hasMessageContaining("TB-3009 CLONED");
        exportsOneMore(original.operator(), exported);
        assertThat(stateOf(original.operator())).isEqualTo("JOINED");
    }

    /** And waits until the authority has read it. @return how many there are now */
    private int exportsOneMore(Operator writer, int before) {
        exports(writer, "svc-" + (before + 1));
        Awaitility.await("export " + (before + 1))
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> east.sees("west").path("exports").asInt() == before + 1);
        return before + 1;
    }

    private static JsonNode exports(Operator writer, String name) {
        var spec = ApiClient.body();
        spec.putArray("ports").addObject().put("port", 80);
        return writer.exports("shop", name, spec);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void refused(String code, String token) {
        Standing before = Standing.of(east);
        JsonNode job = west.joins(token);
        assertThat(job.path("state").asText()).isEqualTo("FAILED");
        assertThat(code(job)).as(job.toString()).isEqualTo(code);
        assertThat(Standing.of(east)).isEqualTo(before);
        assertThat(stateOf(west)).isEqualTo("UNJOINED");
    }

    private static String stateOf(Operator operator) {
        return operator.api().get("/status").path("state").asText();
    }

    private static String id(JsonNode token) {
        return token.path("id").asText();
    }

    private static String code(JsonNode job) {
        return job.path("error").path("code").asText();
    }

    @AfterAll
    void end() {
        federation.close();
    }
}
