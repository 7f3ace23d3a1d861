package io.tombolo.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Forger;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.ThreeClusters;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clusters change the key that signs their records, while others read and call them. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ThreeClusters three;
    private Cluster east;
    private Cluster west;
    private Caller guest;

    @SuppressWarnings("NullAway.Init")
    private Ed25519Key removed;

    @BeforeAll
    void exportFromWest(ThreeClusters three) {
        this.three = three;
        east = three.east();
        west = three.west();
        List<Object> started = Together.all(List.of(
                () -> west.startsService("keys", "menu", "keys-menu"),
                () -> east.startsService("keys", "bread", "keys-bread"),
                () -> east.startsCaller("keys", "guest", "menu.keys:80", Map.of())));
        west.operator().exports("keys", "menu");
        guest = (Caller) started.getLast();
        guest.awaitsAnswerOf("west keys-menu");
        three.south().operator().awaitsReady("keys", "menu", "west", 1);
    }

    @Test
    @Order(1)
    void aRotationThatWasKilledInTheMiddleIsDoneAfterTheNextStartAndNobodyLosesAnExport() throws Exception {
        // Given
        Path keys = keyDirectory(west);
        removed = seed(keys.resolve("record-signing.seed"));
        String first = signs("west", east.operator());
        var watched = new AtomicBoolean(true);
        CompletableFuture<List<String>> lost = CompletableFuture.supplyAsync(() -> losses(watched));
        // When
        west.operator().api().post("/keys/rotate", ApiClient.body());
        Path now = keys.resolve("record-signing.now");
        Awaitility.await("the new key to sign")
                .pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .until(() -> Files.exists(now));
        west.controller().kill();
        // Then
        assertThat(keys.resolve("record-signing.seed")).as("not done yet").exists();
        // When
        west.startControllerAgain();
        // Then
        awaitsOneKey("west", east.operator(), first);
        awaitsOneKey("west", three.south().operator(), first);
        awaitsOneKey("west", west.operator(), first);
        Awaitility.await("the old key to be deleted")
                .atMost(PATIENCE)
                .until(() -> seeds(west).equals(List.of("record-signing-1.seed")));
        watched.set(false);
        assertThat(lost.get()).isEmpty();
        assertThat(west.operator().api().get("/status").path("state").asText()).isEqualTo("JOINED");
    }

    @Test
    @Order(2)
    void aRecordByTheRemovedKeyIsRefusedByThoseThatBelievedItBefore() {
        // Given
        long before = refused("west");
        // When
        try (var thief = new Forger(three.federation().backbone(), "demo", removed)) {
            assertThat(thief.withdraws("west")).isPositive();
        }
        // Then
        Awaitility.await("the forged record to be refused").atMost(PATIENCE).until(() -> refused("west") > before);
        assertThat(exported(east.operator())).isTrue();
        assertThat(guest.gets("/").body()).startsWith("west keys-menu");
    }

    /** KeyRemovalTest has it without Kafka. */
    @Deep
    @Test
    @Order(3)
    void whoBeginsToReadAfterwardsHasAllOfTheOrigin() throws IOException {
        // Given
        Cluster south = three.south();
        south.controller().kill();
        Files.delete(south.controllerState().resolve("log/snapshot"));
        // When
        south.startControllerAgain();
        // Then
        south.operator().awaitsReady("keys", "menu", "west", 1);
        assertThat(signs("west", south.operator())).isEqualTo(signs("west", east.operator()));
    }

    @Test
    @Order(4)
    void anAuthorityChangesItsOwnKeyAndStillChangesTheMembers() {
        // Given
        String first = signs("east", west.operator());
        // When
        JsonNode job = finished(east.operator(), east.operator().api().post("/keys/rotate", ApiClient.body()));
        // Then
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("DONE");
        awaitsOneKey("east", west.operator(), first);
        // When
        east.operator().exports("keys", "bread");
        JsonNode again = finished(west.operator(), west.operator().api().post("/keys/rotate", ApiClient.body()));
        // Then
        assertThat(again.path("state").asText()).as(again.toPrettyString()).isEqualTo("DONE");
        west.operator().awaitsReady("keys", "bread", "east", 1);
        guest.awaitsAnswerOf("west keys-menu");
    }

    @AfterAll
    void end() throws Exception {
        // Also replaces what was forged in the topic.
        west.operator().unexports("keys", "menu");
        east.operator().unexports("keys", "bread");
        three.endWorkloads();
    }

    /** Calls and looks all the time: what did not work, one line each. */
    private List<String> losses(AtomicBoolean watched) {
        var lost = new ArrayList<String>();
        while (watched.get()) {
            if (!exported(east.operator()) || !exported(three.south().operator())) {
                lost.add("an export is not seen");
            }
            var answer = guest.gets("/");
            if (answer.statusCode() != 200) {
                lost.add(answer.statusCode() + " " + answer.body());
            }
            LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        }
        return lost;
    }

    private static boolean exported(Operator reader) {
        for (JsonNode service : reader.api().get("/services")) {
            boolean meant = service.path("namespace").asText().equals("keys")
                    && service.path("name").asText().equals("menu");
            if (meant && service.path("clusters").toString().contains("\"west\"")) {
                return true;
            }
        }
        return false;
    }

    private static void awaitsOneKey(String cluster, Operator reader, String otherThan) {
        Awaitility.await("one other key of " + cluster)
                .atMost(PATIENCE)
                .until(
                        () -> keys(cluster, reader),
                        keys -> keys.size() == 1
                                && keys.getFirst().endsWith(" signs")
                                && !keys.getFirst().startsWith(otherThan));
    }

    private static String signs(String cluster, Operator reader) {
        return keys(cluster, reader).stream()
                .filter(key -> key.endsWith(" signs"))
                .map(key -> key.replace(" signs", ""))
                .findFirst()
                .orElseThrow();
    }

    /** Id and use of each. */
    private static List<String> keys(String cluster, Operator reader) {
        var keys = new ArrayList<String>();
        for (JsonNode key : reader.api().get("/keys")) {
            if (key.path("cluster").asText().equals(cluster)) {
                keys.add(key.path("id").asText() + " " + key.path("use").asText());
            }
        }
        return keys;
    }

    private long refused(String origin) {
        long count = 0;
        for (JsonNode row : east.operator().api().get("/refusals")) {
            boolean meant = row.path("origin").asText().equals(origin)
                    && row.path("code").asText().equals("TB-3001");
            count += meant ? row.path("count").asLong() : 0;
        }
        return count;
    }

    private static JsonNode finished(Operator operator, JsonNode job) {
        return Awaitility.await("job")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> operator.api().get("/jobs/" + job.path("id").asText()),
                        seen -> !seen.path("state").asText().equals("RUNNING"));
    }

    private static Path keyDirectory(Cluster cluster) {
        long epoch = cluster.operator().api().get("/status").path("epoch").asLong();
        return cluster.controllerState().resolve("keys/epoch-" + epoch);
    }

    private static Ed25519Key seed(Path file) throws IOException {
        return Ed25519Key.fromSeed(
                HexFormat.of().parseHex(Files.readString(file).strip()));
    }

    private static List<String> seeds(Cluster cluster) throws IOException {
        try (var files = Files.list(keyDirectory(cluster))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("record-signing") && name.endsWith(".seed"))
                    .toList();
        }
    }
}
