package io.tombolo.it.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that joins by itself: its controller finds a token in a file, as Kubernetes mounts a Secret. */
@Deep
@SuppressWarnings("NullAway.Init") // made before each test
class TokenInFileIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Federation federation;
    private Operator east;
    private Path file;
    private Cluster west;

    @BeforeEach
    void found() {
        federation = Federation.unlinked(Map.of("east", "eu"));
        east = federation.cluster("east").operator();
        east.founds("demo", federation.backbone().connectionFile());
        file = federation.dir().resolve("west.token");
        west = federation
                .addCluster("west", "eu", Map.of("join.token-file", file.toString()))
                .awaitReady();
    }

    @AfterEach
    void end() {
        federation.close();
    }

    private JsonNode status() {
        return west.operator().api().get("/status");
    }

    private void awaitsWarning(String part) {
        Awaitility.await(part)
                .atMost(PATIENCE)
                .until(() -> status().path("warnings").toString().contains(part));
    }

    private void awaitsState(String state) {
        Awaitility.await(state)
                .atMost(PATIENCE)
                .until(() -> status().path("state").asText(), state::equals);
    }

    /** As Kubernetes changes what it has mounted: as a whole. */
    private void lies(String token) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), token);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("r--r-----"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void itJoinsOnceTheTokenIsThereAndStaysAMemberWithTheUsedOne() throws Exception {
        // Given a controller that started before its token came, and starts again before that
        awaitsWarning("waits for a token to join with in " + file);
        west.controller().kill();
        west.startControllerAgain();
        // When
        lies(east.invites("west"));
        // Then
        awaitsState("JOINED");
        assertThat(status().path("warnings").toString()).doesNotContain("token");
        // When it starts again, and the used token still lies there
        long members = Standing.of(east).membersVersion();
        west.controller().kill();
        west.startControllerAgain();
        // Then
        awaitsState("JOINED");
        assertThat(status().path("warnings").toString()).doesNotContain("token");
        assertThat(Standing.of(east).membersVersion()).isEqualTo(members);
        // And when it is evicted it does not come back by itself
        east.evicts("west");
        awaitsState("EVICTED");
        lies(east.invites("west"));
        west.controller().kill();
        west.startControllerAgain();
        assertThat(status().path("state").asText()).isEqualTo("EVICTED");
    }

    @Test
    void aTokenThatCameTooLateIsNamedUntilAnotherOneIsThere() throws Exception {
        // Given
        JsonNode late = east.invites("west", Duration.ofSeconds(1));
        east.awaitsToken(late.path("id").asText(), "expired");
        // When
        lies(late.path("token").asText());
        // Then
        awaitsWarning("TB-4002");
        assertThat(status().path("warnings").toString())
                .contains("tombolo token create")
                .doesNotContain(late.path("token").asText());
        // When
        lies(east.invites("west"));
        // Then
        awaitsState("JOINED");
    }
}
