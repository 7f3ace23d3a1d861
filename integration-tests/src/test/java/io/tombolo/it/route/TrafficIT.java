package io.tombolo.it.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.ThreeClusters;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traffic policies of the caller's cluster on a service that runs in another one, and the examples of {@code examples/traffic}. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrafficIT {
    private static final Path EXAMPLES = Path.of(System.getProperty("tombolo.home", ".."), "examples/traffic");

    private ThreeClusters three;
    private Cluster east;
    private ServiceInstance first;
    private Caller shopper;

    @BeforeAll
    void twoInstancesInAnotherCluster(ThreeClusters three) {
        this.three = three;
        east = three.east();
        Cluster west = three.west();
        List<Object> started = Together.all(List.of(
                () -> west.startsService("shop", "checkout", "traffic-a"),
                () -> west.startsService("shop", "checkout", "traffic-b"),
                () -> east.startsCaller("shop", "shopper", "checkout.shop:80", Map.of())));
        first = (ServiceInstance) started.getFirst();
        west.operator().api().postYaml("/resources", """
                apiVersion: tombolo.io/v1
                kind: ServiceExport
                metadata: {namespace: shop, name: checkout}
                spec: {}
                """);
        shopper = (Caller) started.getLast();
        shopper.awaitsAnswerOf("west traffic-a");
        shopper.awaitsAnswerOf("west traffic-b");
    }

    @AfterAll
    void end() throws Exception {
        east.operator().api().delete("/resources/TrafficPolicy/shop/checkout");
        three.west().operator().api().delete("/resources/ServiceExport/shop/checkout");
        three.endWorkloads();
    }

    @Test
    @Order(1)
    void faultsAreSeenByCallersAndInTheStatusUntilTheyEnd() {
        // When
        applied("""
                apiVersion: tombolo.io/v1
                kind: TrafficPolicy
                metadata: {namespace: shop, name: checkout}
                spec:
                  targetRef: {name: checkout}
                  faults:
                    abort: {percent: 100, status: 503}
                    until: "%s"
                """.formatted(Instant.now().plusSeconds(6)));
        // Then
        assertThat(shopper.awaitsStatus(503).body()).contains("TB-2034 FAULT_INJECTED");
        assertThat(conditions()).contains("Accepted=True", "FaultsInjected=True");
        shopper.awaitsStatus(200);
        assertThat(conditions()).contains("FaultsInjected=False");
    }

    @Test
    @Order(2)
    void theExampleOfGuardsIsAccepted() throws IOException {
        applied(Files.readString(EXAMPLES.resolve("guarded.yaml")));
        assertThat(conditions()).contains("Accepted=True");
        shopper.awaitsStatus(200);
    }

    @Test
    @Order(3)
    void aCustomerStaysWithAnInstanceOfTheOtherClusterAndMovesWhenItGoes() throws IOException {
        // Given
        applied(Files.readString(EXAMPLES.resolve("sticky.yaml")));
        Awaitility.await("customers to stay where they are")
                .atMost(Duration.ofSeconds(20))
                .until(this::nobodyMoves);
        Map<String, String> homes = homes();
        assertThat(Set.copyOf(homes.values())).hasSize(2);
        // When
        first.kill();
        // Then
        for (int round = 0; round < 3; round++) {
            assertThat(homes().values()).allMatch(by -> by.equals("west traffic-b"));
        }
    }

    private boolean nobodyMoves() {
        Map<String, String> once = homes();
        return Stream.generate(this::homes).limit(3).allMatch(once::equals);
    }

    /** Of twenty customers who answers them. */
    private Map<String, String> homes() {
        var homes = new HashMap<String, String>();
        for (int customer = 0; customer < 20; customer++) {
            HttpResponse<String> answer = shopper.sends(HttpRequest.newBuilder(shopper.uri("/"))
                    .header("X-Customer", "c" + customer)
                    .GET());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            homes.put("c" + customer, answer.body().substring(0, "west traffic-a".length()));
        }
        return homes;
    }

    private void applied(String yaml) {
        east.operator().api().postYaml("/resources", yaml);
    }

    private List<String> conditions() {
        JsonNode policy = east.operator().api().get("/resources/TrafficPolicy/shop/checkout");
        return policy.path("status")
                .path("conditions")
                .valueStream()
                .map(condition -> condition.path("type").asText() + "="
                        + condition.path("status").asText())
                .toList();
    }
}
