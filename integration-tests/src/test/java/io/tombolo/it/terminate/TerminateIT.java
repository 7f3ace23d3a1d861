package io.tombolo.it.terminate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.EchoApp;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.ThreeClusters;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of {@code examples/terminate}, applied to real programs: west exports, east calls. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminateIT {
    private static final Path EXAMPLES = Path.of(System.getProperty("tombolo.home", ".."), "examples/terminate");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ThreeClusters three;
    private Cluster west;
    private ServiceInstance vault;
    private EchoApp ledger;
    private Caller auditor;
    private Caller visitor;
    private Caller bookkeeper;

    @BeforeAll
    void aServiceWithASidecarAndOneWithout(ThreeClusters three) throws IOException {
        this.three = three;
        west = three.west();
        ledger = EchoApp.start("west ledger");
        List<Object> started = Together.all(List.of(
                () -> west.startsService("shop", "vault", "vault"),
                () -> three.east().startsCallerOfTwo("shop", "auditor", "vault.shop:80", "ledger.shop:80", Map.of()),
                () -> three.east().startsCaller("shop", "visitor", "vault.shop:80", Map.of())));
        vault = (ServiceInstance) started.get(0);
        auditor = (Caller) ((List<?>) started.get(1)).get(0);
        bookkeeper = (Caller) ((List<?>) started.get(1)).get(1);
        visitor = (Caller) started.get(2);
        applied(Files.readString(EXAMPLES.resolve("vault.yaml"))
                .replace("spiffe://east.demo.tombolo", trustDomainOf("east")));
        applied(Files.readString(EXAMPLES.resolve("ledger.yaml"))
                .replace("10.0.0.7", "127.0.0.1")
                .replace("8080", String.valueOf(ledger.port())));
        auditor.awaitsAnswerOf("west vault");
    }

    @AfterAll
    void end() throws Exception {
        for (String one : List.of(
                "ServiceExport/shop/vault",
                "AuthorizationPolicy/shop/auditors-read",
                "ServiceExport/shop/ledger",
                "Service/shop/ledger")) {
            west.operator().api().delete("/resources/" + one);
        }
        three.endWorkloads();
        ledger.close();
    }

    private void applied(String yaml) {
        west.operator().api().postYaml("/resources", yaml);
    }

    private String trustDomainOf(String cluster) {
        return "spiffe://" + west.operator().sees(cluster).path("trustDomain").asText();
    }

    @Test
    void theCallersIdentityDecidesAtTheDestination() {
        // When
        String allowed = auditor.gets("/books/7").body();
        int elsewhere = auditor.gets("/keys").statusCode();
        int written = auditor.sends(
                        HttpRequest.newBuilder(auditor.uri("/books/7")).POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode();
        var stranger = visitor.gets("/books/7");
        // Then
        assertThat(allowed).startsWith("west vault GET /books/7").contains("/ns/shop/sa/auditor");
        assertThat(elsewhere).isEqualTo(403);
        assertThat(written).isEqualTo(403);
        assertThat(stranger.statusCode()).isEqualTo(503);
        assertThat(stranger.body()).contains("TB-2054").doesNotContain("west vault");
        assertThat(vault.sidecar().counted("tombolo_forwarded_connections_total"))
                .isPositive();
        assertThat(west.gateway().counted("tombolo_handed_over_total")).isPositive();
    }

    @Test
    void aWorkloadWithoutASidecarIsReachedAndItsOwnerSeesHowItIs() {
        // Given
        bookkeeper.awaitsAnswerOf("west ledger");
        // When
        String answer = bookkeeper.gets("/entry").body();
        // Then
        assertThat(answer).startsWith("west ledger GET /entry").contains("/ns/shop/sa/auditor");
        awaitCondition("True AllAccept");
        Awaitility.await("east to hear that one is ready").atMost(PATIENCE).until(() -> readyInWest() == 1);
        assertThat(three.east().operator().api().get("/services/shop/ledger").toString())
                .as("what east knows of it")
                .doesNotContain("127.0.0.1", String.valueOf(ledger.port()));
        // When
        ledger.close();
        // Then
        awaitCondition("False NotAccepting");
        Awaitility.await("east to hear that none is").atMost(PATIENCE).until(() -> readyInWest() == 0);
        assertThat(bookkeeper.gets("/entry").statusCode()).isEqualTo(503);
    }

    private int readyInWest() {
        for (JsonNode source :
                three.east().operator().api().get("/services/shop/ledger").path("clusters")) {
            if (source.path("cluster").asText().equals("west")) {
                return source.path("ready").asInt(-1);
            }
        }
        return -1;
    }

    private void awaitCondition(String wanted) {
        Awaitility.await("condition " + wanted).atMost(PATIENCE).until(() -> {
            for (JsonNode condition :
                    west.operator().api().get("/services/shop/ledger").path("conditions")) {
                String said = condition.path("status").asText() + " "
                        + condition.path("reason").asText();
                if (condition.path("type").asText().equals("EndpointsReachable") && said.equals(wanted)) {
                    return true;
                }
            }
            return false;
        });
    }
}
