package io.tombolo.it.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.ThreeClusters;
import io.tombolo.it.actors.Typist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a service that all three clusters have, as docs/failover.md shows it, and its examples. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverOrdersIT {
    private static final boolean DEEP = Boolean.getBoolean("tombolo.deep");
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    private ThreeClusters three;
    private Cluster east;
    private Caller shopper;

    @BeforeAll
    void everyClusterHasTheService(ThreeClusters three) {
        this.three = three;
        east = three.east();
        List<Object> started = Together.all(List.of(
                () -> east.startsService("shop", "checkout", "a"),
                () -> three.west().startsService("shop", "checkout", "a"),
                () -> three.south().startsService("shop", "checkout", "a"),
                () -> east.startsCaller("shop", "shopper", "checkout.shop:80", Map.of())));
        // East first: what comes to a service that others have already waits until it is steady, and is ramped.
        List.of(east, three.west(), three.south())
                .forEach(cluster -> cluster.operator().exports("shop", "checkout"));
        shopper = (Caller) started.getLast();
        shopper.awaitsAnswerOf("east a");
        east.operator().awaitsReady("shop", "checkout", "west", 1);
        east.operator().awaitsReady("shop", "checkout", "south", 1);
        // Whoever was seen before its instance was ready is held back like one that was down.
        awaitsOutcome(
                () -> outcome(simulated("{\"down\": [\"east\"]}")),
                outcome -> part(outcome, "west").path("after").asDouble() == 1);
    }

    @AfterAll
    void end() throws Exception {
        for (JsonNode left : east.operator().api().get("/resources/FailoverPolicy")) {
            east.operator()
                    .api()
                    .delete("/resources/FailoverPolicy/"
                            + left.at("/metadata/namespace").asText() + "/"
                            + left.at("/metadata/name").asText());
        }
        List.of(east, three.west(), three.south())
                .forEach(cluster -> cluster.operator().unexports("shop", "checkout"));
        three.endWorkloads();
    }

    @Test
    @Order(1)
    void aSimulationSaysWhereCallsWouldGoAndChangesNothing() {
        // Given
        awaits(
                "east to have decided for itself",
                () -> side("east").path("ideal").asDouble() == 1.0);
        // When
        JsonNode outcome = outcome(simulated("""
                {"down": ["east"]}"""));
        assertThat(part(outcome, "west").path("after").asDouble()).isEqualTo(1.0);
        assertThat(part(outcome, "east").path("before").asDouble()).isEqualTo(1.0);
        assertThat(outcome.path("leftWithNothing").asBoolean()).isFalse();
        assertThat(outcome(simulated("""
                {"down": ["east", "west", "south"]}""")).path("leftWithNothing").asBoolean()).isTrue();
        assertThat(side("east").path("ideal").asDouble()).isEqualTo(1.0);
    }

    @Test
    @Order(2)
    void anEvacuatedClusterGetsNothingAndStatusAndHistorySayWhy() {
        // When
        JsonNode given = east.operator().api().post("/evacuations", json("""
                        {"cluster": "east", "overMillis": 0}"""));
        // Then
        assertThat(given.path("scope").asText()).isEqualTo("federation");
        assertThat(given.path("nothing").toString()).doesNotContain("shop/checkout");
        shopper.awaitsAnswerOf("west a");
        awaits("east to have nothing", () -> side("east").path("share").asDouble() == 0);
        assertThat(side("east").path("reason").asText()).isEqualTo("evacuated");
        assertThat(side("east").path("back").asText()).contains("--undo");
        JsonNode last = east.operator()
                .api()
                .get("/failover/history?service=checkout.shop")
                .get(0);
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
        awaits("east to be on its way", () -> side("east").path("share").asDouble() > 0.01);
        assertThat(side("east").path("share").asDouble()).isLessThan(0.9);
    }

    @Test
    @Order(10)
    void theDocumentedCommandsRunAsTheyStand(@TempDir Path home) throws IOException {
        var terminal = new Terminal(home)
                .with("TOMBOLO_CONTEXTS", east.operator().contexts().toString())
                .with("TOMBOLO_CONTEXT", "east");
        String document = Files.readString(Terminal.checkout().resolve("docs/failover.md"));
        Files.createSymbolicLink(home.resolve("examples"), Terminal.checkout().resolve("examples"));
        List<String> commands = BLOCK.matcher(document)
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.contains("failover drill")) // FailoverDrillIT runs those
                .toList();
        assertThat(commands).hasSizeGreaterThan(9);
        // A program is started for each in the long form, in the short one for the first.
        List<String> started = DEEP ? commands : commands.subList(0, 1);
        for (String command : started) {
            var did = terminal.sh(command);
            assertThat(did.exitCode())
                    .as("%s: %s %s", command, did.output(), did.errors())
                    .isZero();
        }
        try (var typist = Typist.of(east.operator(), home)) {
            commands.subList(started.size(), commands.size()).forEach(typist::types);
        }
        assertThat(home.resolve("shares.svg")).content().startsWith("<svg");
        Path wrong = Files.writeString(home.resolve("load.yaml"), "checkout.shop: 900\nchekcout.shop: 5\n");
        var refused = terminal.tombolo("failover", "simulate", "--load", wrong.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("load.yaml, line 2: shop/chekcout");
    }

    @Test
    @Order(4)
    void aSimulatedGatewayTakesItsPathWithItAndOneThatNobodyHasIsRefused() {
        // Given
        JsonNode gateways = east.operator().sees("west").path("gateways");
        assertThat(gateways).hasSize(1);
        String wish = "{\"down\": [\"east\"], \"gatewaysDown\": [\"%s\"]}";
        // When
        JsonNode outcome = outcome(
                simulated(wish.formatted(gateways.get(0).path("instance").asText())));
        // Then
        assertThat(part(outcome, "west").path("reason").asText()).isEqualTo("no path up");
        assertThat(part(outcome, "south").path("after").asDouble()).isEqualTo(1.0);
        assertThatThrownBy(() -> simulated(wish.formatted("aaaaaaaaaaaaa"))).hasMessageContaining("aaaaaaaaaaaaa");
        assertThatThrownBy(() -> simulated("{\"load\": {\"nope.shop\": 1}}")).hasMessageContaining("load.nope.shop");
    }

    @Test
    @Order(4)
    void anExplanationGoesFromTheNameToWhoIsPickedAndSaysWhereCallsWentThen() {
        // When
        JsonNode now = explained("account=shopper&service=checkout.shop");
        // Then
        assertThat(now.path("steps").findValuesAsText("step"))
                .containsSubsequence("identity", "name", "policy", "authorization", "route", "failover", "pick");
        assertThat(step(now, "pick").path("result").asText()).isEqualTo("ok");
        assertThat(now.path("candidates")).hasSize(3);
        JsonNode south = now.path("candidates")
                .valueStream()
                .filter(each -> each.path("cluster").asText().equals("south"))
                .findFirst()
                .orElseThrow();
        assertThat(south.path("ready").asInt()).isEqualTo(1);
        assertThat(south.path("freshness").asText()).isEqualTo("FRESH");
        assertThat(south.path("path").asText()).isEqualTo("UP");
        assertThat(south.path("rttMicros").asInt()).isPositive();
        assertThat(south.path("capacity").isNumber()).isFalse(); // nobody said it
        // When it is asked about the time of the last turn
        JsonNode turn = east.operator()
                .api()
                .get("/failover/history?service=checkout.shop")
                .get(0);
        JsonNode then = explained(
                "account=shopper&service=checkout.shop&at=" + turn.path("at").asText());
        // Then
        assertThat(step(then, "then").path("text").asText())
                .contains(turn.path("at").asText(), turn.at("/after/0/cluster").asText());
        JsonNode before = explained("account=shopper&service=checkout.shop&at=2020-01-01T00:00:00Z");
        assertThat(step(before, "then").path("result").asText()).isEqualTo("unknown");
        JsonNode none = explained("account=shopper&service=chekcout.shop");
        assertThat(step(none, "name").path("result").asText()).isEqualTo("refused");
    }

    private JsonNode explained(String query) {
        return east.operator().api().get("/explain?namespace=shop&" + query);
    }

    private static JsonNode step(JsonNode explanation, String name) {
        return explanation
                .path("steps")
                .valueStream()
                .filter(step -> step.path("step").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(4)
    void anAuthoritysDefaultMovesSharesInAnotherClusterUntilThatOneHasItsOwnAndNobodyElsesDoes() {
        // Given
        Operator west = three.west().operator();
        var seen = new OtherCluster(west);
        // When
        var _ = west.api().postYaml("/resources", forAll("from-west", "south"));
        var _ = east.operator().api().postYaml("/resources", forAll("from-east", "south"));
        // Then
        awaits(
                "west's calls to go south as east says",
                () -> seen.side("south").path("share").asDouble() == 1.0);
        assertThat(seen.status().path("policy").asText()).isEqualTo("tombolo-system/from-east");
        assertThat(seen.status().path("policyBy").asText()).isEqualTo("east");
        assertThat(west.api()
                        .get("/resources/FailoverPolicy/tombolo-system/from-west")
                        .toString())
                .contains("NotAuthority");
        assertThat(status().path("policy").asText()).isEqualTo("tombolo-system/from-east");
        assertThat(status().path("policyBy").asText()).isEmpty();
        assertThat(status().toString()).doesNotContain("from-west");
        // When
        var _ = west.api().postYaml("/resources", forAll("from-west", "west").replace("Federation", "Cluster"));
        // Then
        awaits("west to go by its own", () -> seen.side("west").path("ideal").asDouble() == 1.0);
        assertThat(seen.status().path("policyBy").asText()).isEmpty();
        assertThat(seen.status().path("outranked").toString())
                .contains("tombolo-system/from-east of east (less specific)");
        assertThat(seen.status().path("unreadable")).isEmpty();
        // When
        west.api().delete("/resources/FailoverPolicy/tombolo-system/from-west");
        east.operator().api().delete("/resources/FailoverPolicy/tombolo-system/from-east");
        // Then
        awaits("nobody's to count", () -> seen.status().path("policy").asText().equals("default"));
        awaits("east to be back", () -> side("east").path("share").asDouble() > 0);
    }

    @Deep
    @Test
    @Order(5)
    void ordersGivenWhileKafkaIsDownCountHereAtOnceAndReachTheOthersWithItAlsoIfTheControllerIsKilledMeanwhile() {
        // Given
        three.federation().backbone().kill();
        try {
            // When
            JsonNode given = east.operator().api().post("/evacuations", json("""
                            {"cluster": "south", "overMillis": 0}"""));
            var _ = east.operator().api().post("/drains", json("""
                            {"service": "checkout.shop"}"""));
            // Then
            assertThat(given.path("published").asText()).isEqualTo("pending");
            shopper.awaitsAnswerOf("west a");
            assertThat(side("south").path("standing").asText()).isEqualTo("EVACUATED");
            // When
            east.controller().kill();
            east.startControllerAgain();
        } finally {
            three.federation().backbone().startAgain();
        }
        // Then
        var seen = new OtherCluster(three.west().operator());
        awaits(
                "west to hear of both",
                () -> seen.side("south").path("standing").asText().equals("EVACUATED")
                        && seen.side("east").path("ready").asInt(-1) == 0);
        awaits(
                "east to go by both",
                () -> side("east").path("standing").asText().equals("DRAINED"));
        assertThat(side("south").path("standing").asText()).isEqualTo("EVACUATED");
        // When
        east.operator().api().delete("/evacuations/south");
        var _ = east.operator().api().post("/drains", json("""
                        {"service": "checkout.shop", "undo": true}"""));
        // Then
        awaits("east to come back", () -> side("east").path("share").asDouble() > 0);
        assertThat(side("east").path("reason").asText()).isEqualTo("ready");
        assertThat(side("east").path("share").asDouble()).isLessThan(0.9);
        shopper.awaitsAnswerOf("east a");
    }

    private static String forAll(String name, String cluster) {
        return """
                apiVersion: tombolo.io/v1
                kind: FailoverPolicy
                metadata: {name: %s, namespace: tombolo-system}
                spec:
                  scope: Federation
                  tiers: [{clusters: {only: [%s]}}]
                  hold: 0s
                  failback: {ramp: 1s}
                """.formatted(name, cluster);
    }

    /** What another cluster's operator is told of the same service. */
    private record OtherCluster(Operator operator) {
        JsonNode status() {
            return operator.api().get("/failover?service=checkout.shop").get(0);
        }

        JsonNode side(String cluster) {
            return part(status(), cluster);
        }
    }

    @Test
    @Order(11)
    void whatIsGrantedIsShownWhereItIsSaidAndUnknownElsewhere(@TempDir Path home) {
        // Given, by the commands of the document: 200 for each instance of east, 60 % of it for west
        var west = new Terminal(home)
                .with("TOMBOLO_CONTEXTS", east.operator().contexts().toString())
                .with("TOMBOLO_CONTEXT", "west");
        awaits("west to know", () -> granted("east").path("grantedPerSecond").asInt(-1) == 120);
        assertThat(granted("east").path("capacityPerSecond").asInt()).isEqualTo(200);
        assertThat(granted("south").hasNonNull("grantedPerSecond")).isFalse();
        assertThat(granted("south").hasNonNull("capacityPerSecond")).isFalse();
        // When
        var table = west.tombolo("services").ok();
        // Then
        assertThat(table.output()).contains("GRANTED", "east 120/200, south unknown, west unknown");
        assertThat(west.tombolo("export", "checkout.shop", "--grant", "east=50").exitCode())
                .isEqualTo(2);
    }

    private JsonNode granted(String cluster) {
        return part(three.west().operator().api().get("/services/shop/checkout"), cluster);
    }

    @Test
    @Order(12)
    void clustersThatAreEqualsShareOnceTheExampleIsAppliedAndASimulationSaysSoBefore() throws IOException {
        String policy = example("active-active.yaml");
        JsonNode wish = json("{}");
        ((ObjectNode) wish).put("policy", policy);
        // An instance that a test before has ended counts among all for a moment: 2 of 3 ready are below 70 %.
        awaitsOutcome(
                () -> outcome(east.operator().api().post("/failover/simulate", wish)),
                outcome -> part(outcome, "west").path("after").asDouble() == 0.5);
        // When
        east.operator().api().postYaml("/resources", policy);
        // Then
        awaits(
                "west to have its half",
                () -> Math.abs(side("west").path("share").asDouble() - 0.5) < 0.01);
        shopper.awaitsAnswerOf("west a");
        shopper.awaitsAnswerOf("east a");
        assertThat(conditions("shop", "checkout")).contains("Accepted=True");
    }

    @Test
    @Order(13)
    void aStandbyLosesWhatItHasAlongTheRampOfItsExample() throws IOException {
        east.operator().api().postYaml("/resources", example("active-passive.yaml"));
        awaits(
                "west to be on its way to nothing",
                () -> side("west").path("ideal").asDouble() == 0);
        assertThat(side("west").path("share").asDouble()).isGreaterThan(0.3); // the example's ramp takes two minutes
        assertThat(side("south").path("standing").asText()).isEqualTo("NO_TIER");
        east.operator().api().delete("/resources/FailoverPolicy/shop/checkout");
    }

    @Test
    @Order(8)
    void noCallLeavesForClustersThatDoNotSayWhatIsRequired() throws IOException {
        east.operator().api().postYaml("/resources", example("region-pinning.yaml"));
        awaits("nobody to be left", () -> side("east").path("standing").asText().equals("FORBIDDEN"));
        assertThat(shopper.awaitsStatus(503).body()).contains("TB-2009", "lacks a required label");
        east.operator().api().delete("/resources/FailoverPolicy/shop/stays-in-the-eu");
        shopper.awaitsAnswerOf("east a");
    }

    @Test
    @Order(9)
    void aDefaultForAllServicesCountsWhereNothingElseDoes() throws IOException {
        east.operator().api().postYaml("/resources", example("cost-aware.yaml"));
        awaits("the default to count", () -> status().path("policy").asText().equals("tombolo-system/default"));
        shopper.awaitsAnswerOf("east a");
    }

    private static String example(String name) throws IOException {
        return Files.readString(Terminal.checkout().resolve("examples/failover").resolve(name));
    }

    private List<String> conditions(String namespace, String name) {
        return east.operator()
                .api()
                .get("/resources/FailoverPolicy/" + namespace + "/" + name)
                .path("status")
                .path("conditions")
                .valueStream()
                .map(condition -> condition.path("type").asText() + "="
                        + condition.path("status").asText())
                .toList();
    }

    private JsonNode status() {
        return east.operator().api().get("/failover?service=checkout.shop").get(0);
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
                .filter(each -> each.path("service").asText().equals("shop/checkout"))
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
        return part(status(), cluster);
    }

    /** What is said instead tells why. */
    private static void awaitsOutcome(Callable<JsonNode> simulation, Predicate<JsonNode> wanted) {
        Awaitility.await("the simulation to come true")
                .atMost(Duration.ofSeconds(20))
                .until(simulation, wanted);
    }

    private static void awaits(String what, Callable<Boolean> there) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(there);
    }
}
