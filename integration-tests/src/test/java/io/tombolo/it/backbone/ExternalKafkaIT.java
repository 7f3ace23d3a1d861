package io.tombolo.it.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.controller.backbone.BackboneAdmin;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.controller.backbone.Replication;
import io.tombolo.controller.backbone.TopicPlan;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.ExternalKafka;
import io.tombolo.it.actors.KafkaTools;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terminal;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A federation on a Kafka that somebody else runs: three plain brokers with a CA of their own. */
@Deep
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExternalKafkaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final BackboneTopics TOPICS = new BackboneTopics(new FederationName("demo"));
    private static final BackboneTopics HAND = new BackboneTopics(new FederationName("hand"));
    private static final int EXPORTS = 30;
    private static final int JOINED_WITHOUT_GATEWAYS = 3;

    private Path dir;
    private Cluster east;
    private Cluster west;
    private Cluster north;
    private Cluster south;
    private KafkaTools administrator;
    private ExternalKafka kafka;
    private Terminal terminal;

    @BeforeAll
    void start() throws IOException {
        dir = Scratch.directory("external");
        east = Cluster.alone("east", "eu", dir);
        west = Cluster.alone("west", "eu", dir);
        north = Cluster.alone("north", "eu", dir);
        south = Cluster.alone("south", "us", dir);
        kafka = ExternalKafka.start();
        administrator = KafkaTools.of(kafka);
        terminal = new Terminal(dir.resolve("home"))
                .with("TOMBOLO_CONTEXTS", dir.resolve("contexts.yaml").toString());
        for (Cluster cluster : List.of(east, west, north, south)) {
            cluster.awaitReady();
        }
    }

    @AfterAll
    void end() throws Exception {
        for (Cluster cluster : List.of(east, west, north, south)) {
            cluster.close();
        }
        kafka.close();
    }

    @Test
    @Order(1)
    void aCredentialWithoutRightsIsAnErrorThatNamesTheWayOut() {
        // Given
        String nobody = kafka.certificates().pemCredential("nobody");
        Path file = kafka.connectionFile("nobody", nobody);
        // When
        var init = terminal.tombolo("init", "demo", "--context", "east", "--backbone", file.toString());
        // Then
        assertThat(init.exitCode()).isEqualTo(6);
        assertThat(init.errors())
                .contains("TB-7002 BACKBONE_DENIED")
                .contains("looking at topic " + TOPICS.members() + ": Kafka lacks an ACL for this")
                .contains("tombolo init --manual-acls");
        assertThat(terminal.home().resolve("demo-recovery.key")).doesNotExist();
    }

    @Test
    @Order(1)
    void aCaOfMembersThatTheBrokersDoNotBelieveIsFoundOutWhenTheFederationIsFounded() {
        // Given
        Path file = kafka.connectionFileWithAnotherCa(
                "strange", kafka.certificates().pemCredential("kafka-admin"));
        // When
        var init = terminal.tombolo("init", "strange", "--context", "east", "--backbone", file.toString());
        // Then
        assertThat(init.exitCode()).isEqualTo(6);
        assertThat(init.errors()).contains("TB-7002", "handshake was refused", "believe the CA that signed it");
    }

    @Test
    @Order(2)
    void itIsFoundedWithAnAdministratorsKeyStoreAndASecondClusterJoins() {
        // Given
        String administrator = kafka.certificates().keyStoreCredential("kafka-admin");
        Path file = kafka.connectionFile("demo", administrator);
        // When
        terminal.tombolo("init", "demo", "--context", "east", "--backbone", file.toString())
                .ok();
        terminal.tombolo("token", "create", "--context", "east", "--cluster", "west", "--out", "west.token")
                .ok();
        var join = terminal.tombolo("join", "--context", "west", "--token-file", "west.token");
        // Then
        assertThat(join.exitCode()).as(join.output() + join.errors()).isEqualTo(JOINED_WITHOUT_GATEWAYS);
        exports(west, "first");
        awaitsIn(east, "west", List.of("first"));
    }

    /** Design §3, row by row; the brokers' own defaults are nothing of ours. */
    @Test
    @Order(3)
    void topicsQuotasAndTheWriterAreAsTheLogNeedsThem() {
        // Given
        var westId = new ClusterId("west");
        String batch = "66560";
        // Then
        assertThat(kafka.settingsOf(TOPICS.members()))
                .containsAllEntriesOf(Map.of("cleanup.policy", "compact", "max.message.bytes", batch));
        assertThat(kafka.settingsOf(TOPICS.catalog(westId)))
                .containsAllEntriesOf(Map.of("cleanup.policy", "compact", "max.message.bytes", batch));
        assertThat(kafka.settingsOf(TOPICS.health(westId)))
                .containsAllEntriesOf(Map.of("cleanup.policy", "delete", "retention.ms", minutes(5)));
        assertThat(kafka.settingsOf(TOPICS.pulse()))
                .containsAllEntriesOf(Map.of("cleanup.policy", "delete", "retention.ms", minutes(10)));
        assertThat(kafka.settingsOf(TOPICS.audit()))
                .containsAllEntriesOf(Map.of("cleanup.policy", "delete", "retention.ms", minutes(400 * 24 * 60)));
        for (TopicPlan topic : TOPICS.all(List.of(new ClusterId("east"), westId))) {
            assertThat(kafka.describe(topic.name()).replicas()).as(topic.name()).hasSize(3);
            assertThat(kafka.settingsOf(topic.name()))
                    .as(topic.name())
                    .containsAllEntriesOf(topic.required())
                    .containsAllEntriesOf(topic.chosen())
                    .containsEntry("min.insync.replicas", "2");
        }
        for (String principal : List.of("tombolo.demo.east.1", "tombolo.demo.west.1")) {
            assertThat(kafka.quotasOf(principal))
                    .as(principal)
                    .containsOnly(
                            Map.entry("producer_byte_rate", 4_194_304.0),
                            Map.entry("consumer_byte_rate", 33_554_432.0),
                            Map.entry("request_percentage", 100.0));
            assertThat(kafka.transactionTimeoutOf(principal)).as(principal).isEqualTo(Duration.ofSeconds(10));
        }
    }

    private static String minutes(long minutes) {
        return "" + Duration.ofMinutes(minutes).toMillis();
    }

    @Test
    @Order(4)
    void whenTheLeaderDiesNothingAcknowledgedIsLostAndItGoesOn() {
        // Given
        String catalog = TOPICS.catalog(new ClusterId("west"));
        List<String> names = IntStream.range(0, EXPORTS).mapToObj(i -> "s" + i).toList();
        names.subList(0, EXPORTS / 2).forEach(name -> exports(west, name));
        // When
        int killed = kafka.killLeaderOf(catalog);
        names.subList(EXPORTS / 2, EXPORTS).forEach(name -> exports(west, name));
        // Then
        awaitsIn(east, "west", names);
        assertThat(kafka.keysOf(catalog))
                .containsAll(names.stream()
                        .map(name -> "exported-service/shop/" + name)
                        .toList());
        awaitsConnected(east);
        awaitsConnected(west);
        // When the broker comes back
        kafka.startAgain(killed);
        // Then
        Awaitility.await("all three in sync")
                .atMost(PATIENCE)
                .until(() -> kafka.describe(catalog).isr().size() == 3);
    }

    @Test
    @Order(5)
    void byHandNothingIsFoundedBeforeTheAdministratorHasRunWhatWasPrinted() {
        // Given
        String[] init = {
            "init", "hand", "--context", "north", "--backbone", handFile().toString(), "--manual-acls"
        };
        // When
        var first = terminal.tombolo(init);
        // Then
        assertThat(first.exitCode()).isEqualTo(6);
        assertThat(first.errors()).contains("TB-7003", "missing", "topic " + HAND.audit(), "run the commands above");
        assertThat(terminal.home().resolve("hand-recovery.key")).doesNotExist();
        // When
        administrator.runs(first.output());
        // Then
        terminal.tombolo(init).ok();
        assertThat(terminal.home().resolve("hand-recovery.key")).exists();
    }

    @Test
    @Order(6)
    void byHandAJoinNamesTheAclThatIsMissingAndGoesOnWithTheSameToken() throws IOException {
        // Given
        String catalog = HAND.catalog(new ClusterId("south"));
        List<String> commands = terminal.tombolo(
                        "token", "create", "--context", "north", "--cluster", "south", "--out", "south.token")
                .ok()
                .output()
                .lines()
                .filter(line -> line.startsWith("kafka-"))
                .toList();
        // When nothing was made
        var before = terminal.tombolo("join", "--context", "south", "--token-file", "south.token");
        // Then the joiner is told everything
        assertThat(before.exitCode()).isEqualTo(6);
        assertThat(before.errors()).contains("TB-7003").contains(commands);
        // When one was left out
        administrator.runs(String.join(
                "\n",
                commands.stream()
                        .filter(line -> !line.contains("Write --topic"))
                        .toList()));
        var without = terminal.tombolo("join", "--context", "south", "--token-file", "south.token", "--dry-run");
        // Then
        assertThat(without.errors()).contains("TB-7003").contains("Write on topic " + catalog);
        assertThat(north.operator().sees("south").isMissingNode()).isTrue();
        // When
        administrator.runs(String.join("\n", commands));
        var join = terminal.tombolo("join", "--context", "south", "--token-file", "south.token", "-o", "json");
        // Then
        assertThat(join.exitCode()).as(join.output() + join.errors()).isEqualTo(JOINED_WITHOUT_GATEWAYS);
        assertThat(json(join).path("state").asText()).isEqualTo("PARTIAL");
        exports(south, "by-hand");
        awaitsIn(north, "south", List.of("by-hand"));
    }

    @Test
    @Order(7)
    void byHandNobodyOfTheFederationMayAdministerKafkaAndAnEvictionIsByHandToo() throws IOException {
        // Given
        var southOnKafka = new Member(
                principal("south"), false, kafka.as(principal("south").name()));
        var northOnKafka =
                new Member(principal("north"), true, kafka.as(principal("north").name()));
        try (var asNorth = new BackboneAdmin(northOnKafka.connection(), Replication.BROKER_DEFAULT)) {
            assertThatThrownBy(() -> asNorth.evict(southOnKafka.principal())).hasMessageContaining("TB-7002");
        }
        // When
        JsonNode evicted = json(terminal.tombolo("evict", "south", "--context", "north", "-o", "json"));
        // Then
        assertThat(southOnKafka.reads(HAND.members())).isNotEmpty();
        assertThat(evicted.path("backbone").asText()).isEqualTo("by hand");
        administrator.runs(evicted.path("manualAcls").asText());
        assertThatThrownBy(() -> southOnKafka.reads(HAND.members())).isInstanceOf(AuthorizationException.class);
    }

    private static JsonNode json(Terminal.Outcome outcome) throws IOException {
        return new ObjectMapper().readTree(outcome.output());
    }

    /** Names no administrator's credential at all. */
    private Path handFile() {
        return kafka.connectionFile("hand");
    }

    private static BackbonePrincipal principal(String cluster) {
        return new BackbonePrincipal(HAND.federation(), new ClusterId(cluster), 1);
    }

    private static void exports(Cluster cluster, String name) {
        var spec = ApiClient.body();
        spec.putArray("ports").addObject().put("port", 80);
        cluster.operator().exports("shop", name, spec);
    }

    private static void awaitsIn(Cluster reader, String origin, List<String> names) {
        Awaitility.await("exports of " + origin + " in " + reader.name())
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(servicesIn(reader, origin)).containsAll(names));
    }

    private static List<String> servicesIn(Cluster reader, String origin) {
        var names = new ArrayList<String>();
        for (JsonNode service : reader.operator().api().get("/services")) {
            if (service.path("clusters").findValuesAsText("cluster").contains(origin)) {
                names.add(service.path("name").asText());
            }
        }
        return names;
    }

    private static void awaitsConnected(Cluster cluster) {
        Awaitility.await(cluster.name() + " to be connected").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode backbone = cluster.operator().api().get("/status").path("backbone");
            assertThat(backbone.path("state").asText()).as("%s", backbone).isEqualTo("CONNECTED");
            assertThat(backbone.path("pending").asInt()).as("%s", backbone).isZero();
        });
    }
}
