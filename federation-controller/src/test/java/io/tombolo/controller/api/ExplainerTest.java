package io.tombolo.controller.api;

import static io.tombolo.controller.failover.KnownFederation.CHECKOUT;
import static io.tombolo.controller.failover.KnownFederation.NOON;
import static io.tombolo.controller.fixture.SmallFederation.DEMO;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.api.ExplainResource.CandidateShown;
import io.tombolo.controller.api.ExplainResource.Explanation;
import io.tombolo.controller.api.ExplainResource.Step;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.failover.DemandTable;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.failover.KnownFederation;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.RuleScope;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.Urgencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: carts, namespace: shop}
            spec:
              parentRefs: [{group: "", kind: Service, name: checkout}]
              rules:
                - matches: [{path: {type: PathPrefix, value: /cart}}]
                  backendRefs: [{name: checkout, port: 80, weight: 3}, {name: basket, port: 80, weight: 1}]
            """;

    private final KnownFederation federation = new KnownFederation();
    private String local = "";
    private boolean consumer = true;
    private Optional<History.Turn> turn = Optional.empty();

    @Test
    void theWalkGoesFromTheNameToWhoIsPicked() {
        // When
        Explanation told = explained(call(CHECKOUT, 80, "/", Optional.empty()));
        // Then
        assertThat(told.steps())
                .extracting(Step::step)
                .containsExactly("identity", "name", "policy", "authorization", "route", "failover", "pick");
        assertThat(step(told, "identity").text()).contains("ns/shop/sa/frontend");
        assertThat(step(told, "failover").text()).contains("no FailoverPolicy", "tiers local, sameRegion, ");
        assertThat(step(told, "pick")).isEqualTo(new Step("pick", "port 80: 3 clusters expose it: east 100.0 %", "ok"));
    }

    @Test
    void eachCandidateHasWhatIsKnownOfItAndNothingThatIsNot() {
        // Given
        federation.capacity(SOUTH, 300);
        federation.ready(WEST, 1);
        // When
        Explanation told = explained(call(CHECKOUT, 80, "/", Optional.empty()));
        // Then
        CandidateShown west = candidate(told, WEST);
        assertThat(west.tier()).isEqualTo("sameRegion");
        assertThat(west.ready()).isEqualTo(1);
        assertThat(west.total()).isEqualTo(2);
        assertThat(west.path()).isEqualTo("UP");
        assertThat(west.rttMicros()).isEqualTo(1_000);
        assertThat(west.capacity()).isNull();
        assertThat(candidate(told, SOUTH).capacity()).isEqualTo(300);
        assertThat(candidate(told, SOUTH).granted()).isEqualTo(300);
        CandidateShown east = candidate(told, EAST);
        assertThat(east.path()).isEqualTo("-");
        assertThat(east.rttMicros()).isNull();
        assertThat(east.share()).isEqualTo(1.0);
    }

    @Test
    void whoGetsNothingIsToldWhy() {
        // Given
        federation.ready(EAST, 0);
        federation.path(WEST, PathHealth.State.DOWN);
        federation.orders = List.of(EvacuationOrder.drill(SOUTH, NOON, Duration.ofSeconds(30)));
        // When
        Explanation told = explained(call(CHECKOUT, 80, "/", Optional.empty()));
        // Then
        assertThat(candidate(told, EAST).reason()).isEqualTo("no ready instance");
        assertThat(candidate(told, WEST).reason()).isEqualTo("no path up");
        assertThat(candidate(told, SOUTH).reason()).isEqualTo("down, by a drill");
        assertThat(step(told, "pick").text()).contains("all of them look unhealthy: the calls are spread");
    }

    @Test
    void whatNobodyHasTheCapacityForIsNamed() {
        federation.ready(EAST, 0);
        federation.path(WEST, PathHealth.State.DOWN);
        federation.capacity(SOUTH, 300);
        federation.demand.report(InstanceId.of(7), Map.of(CHECKOUT, new DemandTable.Asked(1_000, Urgencies.ALL_USUAL)));
        Explanation told = explained(call(CHECKOUT, 80, "/", Optional.empty()));
        assertThat(step(told, "pick").text()).endsWith("south 30.0 %, 70.0 % is refused");
    }

    @Test
    void theTiersAreThoseOfThePolicyThatCounts() {
        federation.rules.add(new FailoverRule(
                new ServiceName("shop", "p"),
                new RuleScope.Service(CHECKOUT),
                NOON,
                FailoverPolicy.of(List.of(Tier.SAME_REGION))));
        Explanation told = explained(call(CHECKOUT, 80, "/", Optional.empty()));
        assertThat(step(told, "failover").text()).isEqualTo("FailoverPolicy shop/p: tiers sameRegion");
        assertThat(candidate(told, SOUTH).tier()).isEqualTo("-");
        assertThat(candidate(told, SOUTH).reason()).isEqualTo("in none of the policy's tiers");
    }

    @Test
    void aRefusalEndsTheWalkWithItsReason() {
        // When the name is unknown
        Explanation unknown = explained(call(new ServiceName("shop", "nope"), 80, "/", Optional.empty()));
        // Then
        assertThat(unknown.steps().getLast())
                .isEqualTo(new Step("name", "no cluster exports shop/nope, and it is not served here", "refused"));
        // When the caller is no consumer
        consumer = false;
        Explanation stranger = explained(call(CHECKOUT, 80, "/", Optional.empty()));
        // Then
        assertThat(stranger.steps().getLast().step()).isEqualTo("policy");
        assertThat(stranger.steps().getLast().result()).isEqualTo("refused");
        assertThat(stranger.candidates()).isEmpty();
    }

    @Test
    void aPortThatNobodyExposesIsPickedByNobody() {
        Explanation told = explained(call(CHECKOUT, 81, "/", Optional.empty()));
        assertThat(told.steps().getLast())
                .isEqualTo(new Step("pick", "port 81: 0 clusters expose it; nobody gets it", "refused"));
    }

    @Test
    void theRuleThatFitsIsNamedAndOneThatDoesNotRefuses() {
        // Given
        local = ROUTE;
        // When, then
        assertThat(step(explained(call(CHECKOUT, 80, "/cart?a=1", Optional.empty())), "route")
                        .text())
                .startsWith("HTTPRoute shop/carts, rule 0: 75.0 % to shop/checkout:80, 25.0 % to ")
                .contains("TB-2028");
        Step none = step(explained(call(CHECKOUT, 80, "/other", Optional.empty())), "route");
        assertThat(none.result()).isEqualTo("refused");
        assertThat(none.text()).contains("TB-2027");
    }

    @Test
    void whereCallsWentThenIsToldAsFarAsItIsRemembered() {
        Optional<Instant> at = Optional.of(NOON.plusSeconds(5));
        assertThat(step(explained(call(CHECKOUT, 80, "/", at)), "then"))
                .isEqualTo(new Step("then", "no turn before 2026-11-25T12:00:05Z is remembered", "unknown"));
        // Given
        turn = Optional.of(new History.Turn(
                NOON.toString(),
                CHECKOUT.toString(),
                "",
                List.of(),
                List.of(new History.Side("east", 0, "no ready instance"), new History.Side("west", 1_000, "ready"))));
        // When, then
        assertThat(step(explained(call(CHECKOUT, 80, "/", at)), "then").text())
                .isEqualTo("from 2026-11-25T12:00:00Z on: east 0.0 % (no ready instance), west 100.0 % (ready)");
    }

    private Explanation explained(Explainer.Call call) {
        Known known = withPort(federation.known());
        var services = LocalServices.of(
                local.isEmpty()
                        ? List.of()
                        : ResourceReader.read(local).stream()
                                .map(each ->
                                        new StoredResource(each.key(), each.spec(), each.specJson(), 1, NOON, "api"))
                                .toList(),
                List.of(),
                Map.of());
        return new Explainer(
                        EAST,
                        known,
                        _ -> consumer ? known.services() : List.of(),
                        Set.of(),
                        services,
                        _ -> Optional.empty(),
                        (_, _) -> turn)
                .of(call);
    }

    private static Known withPort(Known known) {
        ImportedService service = known.services().getFirst();
        var port = new ExportedPort(80, "", AppProtocol.HTTP);
        return new Known(
                known.targets(),
                List.of(new ImportedService(
                        service.service(),
                        List.of(port),
                        service.type(),
                        service.affinity(),
                        service.sources(),
                        service.withdrawnAt())),
                known.rules(),
                known.federation(),
                known.demand(),
                0);
    }

    private static Explainer.Call call(ServiceName service, int port, String path, Optional<Instant> at) {
        return new Explainer.Call(
                new ProxyRole.Workload("shop", "frontend").idIn(TrustDomain.of(EAST, DEMO)),
                "shop",
                EAST,
                service,
                port,
                new ExplainedAuthorization.Described("GET", path, List.of()),
                at);
    }

    private static Step step(Explanation told, String name) {
        return told.steps().stream()
                .filter(step -> step.step().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CandidateShown candidate(Explanation told, ClusterId cluster) {
        return told.candidates().stream()
                .filter(each -> each.cluster().equals(cluster.value()))
                .findFirst()
                .orElseThrow();
    }
}
