package io.tombolo.it.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.LineClient;
import io.tombolo.it.actors.ServiceInstance;
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

/** The examples of {@code examples/authorization}, applied to real programs. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationIT {
    private static final String ANSWER = "east authz-checkout";
    private static final Duration SECONDS = Duration.ofSeconds(5);
    private static final Path EXAMPLES = Path.of(System.getProperty("tombolo.home", ".."), "examples/authorization");

    private ThreeClusters three;
    private Cluster east;
    private ServiceInstance checkout;
    private Caller storefront;
    private Caller ledger;
    private Caller visitor;

    @BeforeAll
    void aServiceOfEastAndCallersOfTwoClusters(ThreeClusters three) {
        this.three = three;
        east = three.east();
        List<Object> started = Together.all(List.of(
                () -> east.startsService("shop", "checkout", "authz-checkout"),
                () -> east.startsLines("shop", "ledger", "authz-ledger"),
                () -> east.startsCallerOfTwo("shop", "storefront", "checkout.shop:80", "ledger.shop:80", Map.of()),
                () -> three.west().startsCaller("shop", "visitor", "checkout.shop:80", Map.of())));
        checkout = (ServiceInstance) started.get(0);
        storefront = (Caller) ((List<?>) started.get(2)).get(0);
        ledger = (Caller) ((List<?>) started.get(2)).get(1);
        visitor = (Caller) started.get(3);
        east.operator().exports("shop", "checkout");
        everybodyIsLetIn();
    }

    @AfterEach
    void withoutPolicies() {
        for (JsonNode policy : east.operator().api().get("/resources/AuthorizationPolicy")) {
            JsonNode of = policy.path("metadata");
            east.operator()
                    .api()
                    .delete("/resources/AuthorizationPolicy/"
                            + of.path("namespace").asText() + "/"
                            + of.path("name").asText());
        }
        everybodyIsLetIn();
    }

    @AfterAll
    void end() throws Exception {
        east.operator().unexports("shop", "checkout");
        three.endWorkloads();
    }

    private void everybodyIsLetIn() {
        storefront.awaitsAnswerOf(ANSWER);
        visitor.awaitsAnswerOf(ANSWER);
    }

    private void applied(String example) throws IOException {
        east.operator().api().postYaml("/resources", Files.readString(EXAMPLES.resolve(example)));
    }

    private void appliedText(String target, String rest) {
        east.operator()
                .api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: one, namespace: shop}\n"
                                + "spec: {targetRef: {name: " + target + "}, " + rest + "}\n");
    }

    private static void awaitStatus(Caller caller, String method, String path, int status) {
        Awaitility.await(method + " " + path + " to be answered with " + status)
                .atMost(SECONDS)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> asks(caller, method, path).statusCode() == status);
    }

    private static HttpResponse<String> asks(Caller caller, String method, String path) {
        return caller.sends(
                HttpRequest.newBuilder(caller.uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    @Test
    void aClusterIsDeniedAndOthersAreNot() throws IOException {
        // When
        applied("no-west.yaml");
        // Then
        awaitStatus(visitor, "GET", "/", 403);
        assertThat(visitor.gets("/").body())
                .isEqualTo("TB-2029 NOT_AUTHORIZED service shop/checkout:80: the caller may not do this."
                        + " Ask the service's owner.\n");
        assertThat(storefront.gets("/").body()).startsWith(ANSWER);
    }

    @Test
    void anIdIsAllowedWithItsMethodsAndPathsAndTheOwnerSeesWhy() throws IOException {
        // When
        applied("storefront-reads.yaml");
        // Then
        awaitStatus(storefront, "POST", "/", 403);
        assertThat(storefront.gets("/").body()).startsWith(ANSWER);
        assertThat(storefront.gets("/cart/7?x=/../y").body()).startsWith(ANSWER);
        for (String path :
                List.of("/admin", "/cartoon", "/cart/../admin", "/cart/%2e%2e/admin", "/cart%2f..%2fadmin")) {
            assertThat(storefront.gets(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(visitor.gets("/").statusCode()).isEqualTo(403);
        assertThat(explained("storefront", "GET", "/cart", ""))
                .contains("authorization ok GET /cart: allowed by rule 1 of shop/storefront-reads (service)");
        assertThat(explained("storefront", "GET", "/admin", ""))
                .contains("authorization refused GET /admin: no rule of the Allow policies [shop/storefront-reads]"
                        + " (service) fits");
        assertThat(explained("visitor", "GET", "/", "west")).contains("policy ok this caller is a consumer");
        assertThat(explained("visitor", "GET", "/", "west"))
                .anyMatch(step -> step.startsWith("authorization refused GET /: "));
        assertThat(conditions("storefront-reads")).containsExactly("Accepted=True", "HttpConditionsApplied=True");
    }

    @Test
    void defaultsCountUntilAServiceHasAPolicyOfItsOwn() throws IOException {
        // When
        applied("defaults.yaml");
        // Then
        awaitStatus(visitor, "GET", "/", 403);
        assertThat(storefront.gets("/").body()).startsWith(ANSWER);
        // When
        appliedText("checkout", "action: Allow, rules: [{from: [{clusters: [west]}]}]");
        // Then
        awaitStatus(visitor, "GET", "/", 200);
        assertThat(storefront.gets("/").statusCode()).isEqualTo(403);
    }

    @Test
    void anAuditedPolicyIsCountedAndToldAndLetsThrough() throws IOException {
        // Given
        double before = refusals();
        // When
        applied("try-first.yaml");
        // Then
        Awaitility.await("the audit to count")
                .atMost(SECONDS)
                .until(() -> asks(storefront, "POST", "/admin").statusCode() == 200 && refusals() > before);
        assertThat(explained("storefront", "POST", "/", ""))
                .contains("authorization ok POST /: no policy restricts it")
                .contains("audit refused POST /: denied by rule 1 of shop/try-first (service)");
        assertThat(checkout.sidecar().process().lines())
                .anyMatch(line -> line.contains("would be refused") && line.contains("shop/try-first"));
    }

    private double refusals() {
        return checkout.sidecar().counted("tombolo_authorization_refusals_total");
    }

    @Test
    void anOpenTcpConnectionEndsWhenItIsNotAllowedAnyMore() {
        // Given
        try (LineClient open = LineClient.to(ledger.port())) {
            assertThat(open.says("one")).isEqualTo("one");
            // When
            appliedText("ledger", "action: Deny, rules: [{from: [{namespaces: [shop]}], to: [{methods: [GET]}]}]");
            // Then
            assertThat(open.isEnded()).isTrue();
        }
        try (LineClient next = LineClient.to(ledger.port())) {
            assertThat(next.isEnded()).isTrue();
        }
        assertThat(conditions("one")).containsExactly("Accepted=True", "HttpConditionsApplied=False");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedByNameAndChangesNothing() {
        assertThatThrownBy(() -> appliedText("checkout", "action: Deny, rules: [{from: [{ipBlocks: [10.0.0.0/8]}]}]"))
                .hasMessageContaining("(AuthorizationPolicy shop/one).spec.rules[0].from[0].ipBlocks")
                .hasMessageContaining("unknown field");
        assertThat(east.operator().api().get("/resources/AuthorizationPolicy")).isEmpty();
    }

    @Test
    void aPolicyOutlivesTheControllerAndTheSidecar() throws IOException {
        // Given
        appliedText("checkout", "action: Allow");
        awaitStatus(storefront, "GET", "/", 403);
        awaitStatus(visitor, "GET", "/", 403);
        int before = checkout.app().requests();
        // When
        east.controller().kill();
        checkout.sidecar().kill();
        checkout.sidecar().startAgain();
        east.startControllerAgain();
        // Then
        assertThat(storefront.awaitsStatus(403).body()).startsWith("TB-2029");
        assertThat(visitor.awaitsStatus(403).body()).startsWith("TB-2029");
        assertThat(checkout.app().requests()).isEqualTo(before);
    }

    private List<String> explained(String account, String method, String path, String from) {
        JsonNode steps = east.operator()
                .api()
                .get("/explain?namespace=shop&account=" + account + "&service=checkout.shop&method=" + method + "&path="
                        + path + "&from=" + from)
                .path("steps");
        return steps.valueStream()
                .map(step -> step.path("step").asText() + " "
                        + step.path("result").asText() + " " + step.path("text").asText())
                .toList();
    }

    private List<String> conditions(String policy) {
        JsonNode shown = east.operator().api().get("/resources/AuthorizationPolicy/shop/" + policy);
        return shown.path("status")
                .path("conditions")
                .valueStream()
                .map(condition -> condition.path("type").asText() + "="
                        + condition.path("status").asText())
                .toList();
    }
}
