package io.tombolo.it.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.ThreeClusters;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of {@code examples/routes}, applied to real programs. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {
    private static final String STABLE = "east routes-stable";
    private static final String NEXT = "east routes-next";
    private static final Path EXAMPLES = Path.of(System.getProperty("tombolo.home", ".."), "examples/routes");

    private ThreeClusters three;
    private Cluster east;
    private Caller shopper;

    @BeforeAll
    void twoVersionsOfAService(ThreeClusters three) {
        this.three = three;
        east = three.east();
        List<Object> started = Together.all(List.of(
                () -> east.startsService("shop", "checkout", "routes-stable"),
                () -> east.startsService("shop", "checkout-next", "routes-next"),
                () -> east.startsCaller("shop", "shopper", "checkout.shop:80", Map.of())));
        shopper = (Caller) started.getLast();
        shopper.awaitsAnswerOf(STABLE);
        Awaitility.await("the next version")
                .atMost(Duration.ofSeconds(30))
                .until(() -> east.operator().api().get("/services").toString(), said -> said.contains("checkout-next"));
    }

    @AfterEach
    void withoutRoutes() {
        east.operator().api().delete("/resources/HTTPRoute/shop/checkout");
        shopper.awaitsAnswerOf(STABLE);
    }

    @AfterAll
    void end() throws Exception {
        three.endWorkloads();
    }

    @Test
    void aCanaryGetsItsShareOfTheRequests() throws IOException {
        // When
        applied("canary.yaml");
        // Then: 20 of 200 are expected; five standard deviations are 21
        shopper.awaitsAnswerOf(NEXT);
        int next = 0;
        for (int i = 0; i < 200; i++) {
            next += shopper.gets("/").body().startsWith(NEXT) ? 1 : 0;
        }
        assertThat(next).isBetween(1, 41);
        assertThat(conditions()).contains("Accepted=True", "ResolvedRefs=True");
    }

    @Test
    void aHeaderDecidesWhoGetsTheOtherVariant() throws IOException {
        // When
        applied("ab-by-header.yaml");
        // Then
        Awaitility.await("group b to get the next version")
                .atMost(Duration.ofSeconds(20))
                .until(() -> inGroup("b").body().startsWith(NEXT));
        HttpResponse<String> b = inGroup("b");
        assertThat(b.body()).startsWith(NEXT);
        assertThat(b.headers().firstValue("x-variant")).contains("b");
        HttpResponse<String> a = inGroup("a");
        assertThat(a.body()).startsWith(STABLE);
        assertThat(a.headers().firstValue("x-variant")).isEmpty();
    }

    @Test
    void blueGoesOverToGreenAndBackWithoutAFailedRequest() throws IOException {
        // Given
        applied("blue-green.yaml");
        String blue = Files.readString(EXAMPLES.resolve("blue-green.yaml"));
        String green = blue.replace("weight: 1", "weight: x")
                .replace("weight: 0", "weight: 1")
                .replace("weight: x", "weight: 0");
        for (var state : List.of(Map.entry(green, NEXT), Map.entry(blue, STABLE))) {
            // When
            east.operator().api().postYaml("/resources", state.getKey());
            // Then
            Awaitility.await("traffic to " + state.getValue())
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(10))
                    .until(this::answered, said -> said.startsWith(state.getValue()));
            for (int i = 0; i < 50; i++) {
                assertThat(answered()).startsWith(state.getValue());
            }
        }
    }

    @Test
    void aDiffNamesTheFieldsThatWouldChangeAndChangesNothing() throws IOException {
        // Given
        applied("canary.yaml");
        String changed = Files.readString(EXAMPLES.resolve("canary.yaml")).replace("weight: 1}", "weight: 5}");
        // When
        JsonNode compared = east.operator().api().postYaml("/resources?dryRun=true", changed);
        // Then
        assertThat(compared.path(0).path("result").asText()).isEqualTo("configured");
        assertThat(compared.path(0).path("changes")).singleElement().satisfies(change -> {
            assertThat(change.path("field").asText()).isEqualTo("spec.rules[0].backendRefs[1].weight");
            assertThat(change.path("before").asText()).isEqualTo("1");
            assertThat(change.path("after").asText()).isEqualTo("5");
        });
        JsonNode same = east.operator()
                .api()
                .postYaml("/resources?dryRun=true", Files.readString(EXAMPLES.resolve("canary.yaml")));
        assertThat(same.path(0).path("result").asText()).isEqualTo("unchanged");
        assertThat(same.path(0).path("changes")).isEmpty();
    }

    @Test
    void aBackendThatIsNotThereIsSaidInTheStatusAndInTheAnswer() throws IOException {
        // When
        String example = Files.readString(EXAMPLES.resolve("blue-green.yaml"));
        east.operator().api().postYaml("/resources", example.replace("name: checkout, port", "name: nobody, port"));
        // Then
        assertThat(shopper.awaitsStatus(500).body()).contains("TB-2028 NO_BACKEND");
        assertThat(conditions()).contains("Accepted=True", "ResolvedRefs=False");
    }

    @Test
    void anotherNamespacesServiceIsUsedOnceThatOneGrantsIt() throws IOException {
        // Given
        east.startsService("lab", "checkout-lab", "routes-lab");
        applied("other-namespace.yaml");
        Awaitility.await("the lab's version")
                .atMost(Duration.ofSeconds(30))
                .until(() -> shopper.gets("/v12/cart").body().startsWith("east routes-lab"));
        assertThat(shopper.gets("/v2").headers().firstValue("x-answered-by")).contains("lab");
        for (String other : List.of("/v1", "/v1/v2", "/xv2", "/v2x")) {
            HttpResponse<String> answer = shopper.gets(other);
            assertThat(answer.body()).as(other).startsWith(STABLE);
            assertThat(answer.headers().firstValue("x-answered-by")).isEmpty();
        }
        // When
        east.operator().api().delete("/resources/ReferenceGrant/lab/checkout-of-the-shop");
        // Then
        Awaitility.await("the lab to be let alone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> shopper.gets("/v2").statusCode(), status -> status == 500);
        assertThat(shopper.gets("/v1").body()).startsWith(STABLE);
        assertThat(conditions()).contains("ResolvedRefs=False");
    }

    private void applied(String example) throws IOException {
        east.operator().api().postYaml("/resources", Files.readString(EXAMPLES.resolve(example)));
    }

    private String answered() {
        HttpResponse<String> answer = shopper.gets("/");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> inGroup(String group) {
        return shopper.sends(HttpRequest.newBuilder(shopper.uri("/"))
                .header("X-Group", group)
                .GET());
    }

    private List<String> conditions() {
        JsonNode route = east.operator().api().get("/resources/HTTPRoute/shop/checkout");
        return route.path("status")
                .path("parents")
                .path(0)
                .path("conditions")
                .valueStream()
                .map(condition -> condition.path("type").asText() + "="
                        + condition.path("status").asText())
                .toList();
    }
}
