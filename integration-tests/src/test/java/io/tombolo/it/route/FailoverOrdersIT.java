package io.tombolo.it.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.ThreeClusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does with a service that all three clusters have, as docs/failover.md shows it. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverOrdersIT {
    private ThreeClusters three;
    private Cluster east;
    private Caller shopper;

    @BeforeAll
    void everyClusterHasTheService(ThreeClusters three) {
        this.three = three;
        east = three.east();
        var all = List.of(east, three.west(), three.south());
        var _ = Together.all(all.stream()
                .<Supplier<Object>>map(cluster -> () -> cluster.startsService("shop", "till", "a"))
                .toList());
        all.forEach(cluster -> cluster.operator().exports("shop", "till"));
        shopper = east.startsCaller("shop", "shopper", "till.shop:80", Map.of());
        shopper.awaitsAnswerOf("east a");
        east.operator().awaitsReady("shop", "till", "west", 1);
        east.operator().awaitsReady("shop", "till", "south", 1);
    }

    @AfterAll
    void end() throws Exception {
        List.of(east, three.west(), three.south())
                .forEach(cluster -> cluster.operator().unexports("shop", "till"));
        three.endWorkloads();
    }

    @Test
    @Order(1)
    void aSimulationSaysWhereCallsWouldGoAndChangesNothing() {
        JsonNode outcome = outcome(simulated("""
                {"down": ["east"]}"""));
        assertThat(part(outcome, "west").path("after").asDouble()).isEqualTo(1.0);
        assertThat(part(outcome, "east").path("before").asDouble()).isEqualTo(1.0);
        assertThat(outcome.path("leftWithNothing").asBoolean()).isFalse();
        assertThat(outcome(simulated("""
                {"down": ["east", "west", "south"]}""")).path("leftWithNothing").asBoolean()).isTrue();
        assertThat(side("east").path("share").asDouble()).isEqualTo(1.0);
        assertThat(shopper.gets("/").body()).startsWith("east a");
    }

    @Test
    @Order(2)
    void anEvacuatedClusterGetsNothingAndStatusAndHistorySayWhy() {
        // When
        JsonNode given = east.operator().api().post("/evacuations", json("""
                        {"cluster": "east", "overMillis": 0}"""));
        // Then
        assertThat(given.path("scope").asText()).isEqualTo("federation");
        assertThat(given.path("nothing")).isEmpty();
        shopper.awaitsAnswerOf("west a");
        awaits("east to have nothing", () -> side("east").path("share").asDouble() == 0);
        assertThat(side("east").path("reason").asText()).isEqualTo("evacuated");
        assertThat(side("east").path("back").asText()).contains("--undo");
        JsonNode last =
                east.operator().api().get("/failover/history?service=till.shop").get(0);
        assertThat(last.path("after").toString()).contains("\"reason\":\"evacuated\"");
        awaits(
                "west to go by it",
                () -> three.west()
                        .operator()
                        .api()
                        .get("/evacuations")
                        .toString()
                        .contains("\"here\":false"));
    }

    @Test
    @Order(3)
    void whatIsUndoneComesBackLittleByLittle() {
        // When
        east.operator().api().delete("/evacuations/east");
        // Then
        shopper.awaitsAnswerOf("east a");
        assertThat(side("east").path("share").asDouble()).isBetween(0.01, 0.9);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException bad) {
            throw new IllegalArgumentException(text, bad);
        }
    }

    private JsonNode simulated(String wish) {
        return east.operator().api().post("/failover/simulate", json(wish));
    }

    private static JsonNode outcome(JsonNode all) {
        return all.valueStream()
                .filter(each -> each.path("service").asText().equals("shop/till"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode part(JsonNode outcome, String cluster) {
        return outcome.path("clusters")
                .valueStream()
                .filter(each -> each.path("cluster").asText().equals(cluster))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode side(String cluster) {
        return part(east.operator().api().get("/failover?service=till.shop").get(0), cluster);
    }

    private static void awaits(String what, Callable<Boolean> there) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(there);
    }
}
