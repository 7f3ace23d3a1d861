package io.tombolo.dataplane.pick;

import static io.tombolo.dataplane.fixture.Configs.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.Outcomes;
import io.tombolo.dataplane.outcome.Paths;
import io.tombolo.dataplane.policy.ImportGate;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.wire.codec.FeedEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Calls from east for one instance: of its own cluster, or of west, which has a second one. */
class OneInstancePickTest {
    private static final TestCluster EAST = new TestCluster("east");
    private static final TestCluster WEST = new TestCluster("west");
    private static final InstanceId FIRST = InstanceId.of(1);
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Callee IN_WEST = new Callee.One(CHECKOUT, WEST.id(), FIRST);
    private static final Callee IN_EAST = new Callee.One(CHECKOUT, EAST.id(), FIRST);

    private final SplittableRandom random = new SplittableRandom(7);
    private final Outcomes outcomes = new Outcomes(random);
    private final Paths paths = new Paths(random);
    private final List<FeedEntry> more = new ArrayList<>();
    private InstanceState state = InstanceState.READY;
    private Optional<InstanceState> named = Optional.of(InstanceState.READY);
    private int ready = 2;
    private boolean tells = true;

    private Picked pick(Callee callee, Tried tried) {
        ProxyConfig config = config();
        var picker = new Picker(
                FailoverPolicy.DEFAULT,
                new Circumstances(_ -> true, InstantSource.fixed(NOON), 0),
                outcomes,
                paths,
                random);
        var permit = ImportGate.check(config, ImportRoute.byCallee(config, callee.at(80)));
        return picker.pick(permit, config, tried, Call.USUAL, 0);
    }

    private ProxyConfig config() {
        var entries = new ArrayList<>(List.of(
                Configs.own(EAST, Optional.empty()),
                Configs.member(WEST, MemberState.ADMITTED),
                Configs.gateways(WEST, 91, 1, true),
                new FeedEntry.Local(Configs.instance(EAST, 1, 15_006, state)),
                new FeedEntry.Local(Configs.instance(EAST, 2, 15_007, InstanceState.READY)),
                new FeedEntry.Imported(new ImportedService(
                        CHECKOUT,
                        List.of(new ExportedPort(80, "http", AppProtocol.HTTP)),
                        ServiceType.HEADLESS,
                        "None",
                        List.of(source(EAST, Optional.empty()), source(WEST, health())),
                        Optional.empty()))));
        entries.addAll(more);
        return ProxyConfig.of(1, entries);
    }

    private Optional<ServiceHealth> health() {
        var roster = new ArrayList<RosterEntry>();
        named.ifPresent(said -> roster.add(new RosterEntry(FIRST, said, 100, "")));
        roster.add(new RosterEntry(InstanceId.of(2), InstanceState.READY, 100, ""));
        return tells ? Optional.of(new ServiceHealth(CHECKOUT, ready, 3, 0, 0, roster)) : Optional.empty();
    }

    private static ImportedService.Source source(TestCluster cluster, Optional<ServiceHealth> health) {
        return new ImportedService.Source(
                cluster.id(),
                Locality.UNKNOWN,
                Set.of(80),
                Set.of(cluster.workloadId("checkout")),
                ExportMode.PASSTHROUGH,
                health,
                NOON);
    }

    private static EndpointKey endpoint(TestCluster cluster) {
        return new EndpointKey(new ServicePort(CHECKOUT, 80), cluster.id(), Optional.of(FIRST));
    }

    private void isNotThere(Callee callee) {
        assertThatThrownBy(() -> pick(callee, new Tried()))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("is gone, or not ready, and the call is for nobody else")
                .extracting(refused -> ((TomboloException) refused).fault())
                .isEqualTo(Fault.NO_HEALTHY_ENDPOINT);
    }

    @Test
    void itIsAskedForExactlyThroughAGatewayOrAtItsAddress() {
        Picked away = pick(IN_WEST, new Tried());
        assertThat(away.name()).hasToString("x-" + FIRST + ".80.checkout.shop.west.demo.tombolo");
        assertThat(away.path()).isPresent();
        assertThat(away.serverIds()).containsExactly(WEST.workloadId("checkout"));
        Picked here = pick(IN_EAST, new Tried());
        assertThat(here.name()).hasToString("x-" + FIRST + ".80.checkout.shop.east.demo.tombolo");
        assertThat(here.path()).isEmpty();
        assertThat(here.address().port()).isEqualTo(15_006);
    }

    @Test
    void whatKeepsTrafficAwayFromAClusterDoesNotKeepThisCallAway() {
        // Given
        more.add(new FeedEntry.Evacuation(new EvacuationOrder(WEST.id(), 100, Duration.ZERO, NOON.minusSeconds(1))));
        more.add(new FeedEntry.Shares(
                CHECKOUT,
                List.of(new FeedEntry.Share(EAST.id(), 0, "")),
                NOON,
                1_000,
                OptionalLong.empty(),
                Optional.empty()));
        outcomes.refused(endpoint(WEST), 0);
        // Then
        assertThat(pick(IN_WEST, new Tried()).endpoint()).isEqualTo(endpoint(WEST));
    }

    @Test
    void whoSaidNoIsNotAskedAgainAndNobodyElseEither() {
        // Given
        var tried = new Tried();
        tried.refused(endpoint(WEST));
        // Then
        assertThatThrownBy(() -> pick(IN_WEST, tried)).hasMessageContaining("cannot be reached");
        // and after a connection that only broke it is
        var broke = new Tried();
        broke.broke(endpoint(WEST));
        assertThat(pick(IN_WEST, broke).endpoint()).isEqualTo(endpoint(WEST));
    }

    @Test
    void oneThatGoesAwayStillAnswersAndOneThatIsNotReadyDoesNot() {
        for (InstanceState going : List.of(InstanceState.DRAINING, InstanceState.READY)) {
            state = going;
            named = Optional.of(going);
            assertThat(pick(IN_WEST, new Tried()).endpoint()).isEqualTo(endpoint(WEST));
            assertThat(pick(IN_EAST, new Tried()).endpoint()).isEqualTo(endpoint(EAST));
        }
        state = InstanceState.NOT_READY;
        named = Optional.of(InstanceState.NOT_READY);
        isNotThere(IN_WEST);
        isNotThere(IN_EAST);
    }

    @Test
    void onlyAWholeRosterSaysThatAnInstanceIsGone() {
        // Given
        named = Optional.empty();
        ready = 2;
        // Then one more is ready than is named
        assertThat(pick(IN_WEST, new Tried()).endpoint()).isEqualTo(endpoint(WEST));
        // When
        ready = 1;
        // Then
        isNotThere(IN_WEST);
        // When nothing is known
        tells = false;
        // Then
        assertThat(pick(IN_WEST, new Tried()).endpoint()).isEqualTo(endpoint(WEST));
    }

    @Test
    void aClusterThatIsPutOutIsNotCalled() {
        more.add(Configs.member(WEST, MemberState.EVICTED));
        assertThatThrownBy(() -> pick(IN_WEST, new Tried()))
                .extracting(refused -> ((TomboloException) refused).fault())
                .isEqualTo(Fault.EVICTED_PEER);
        assertThat(pick(IN_EAST, new Tried()).endpoint()).isEqualTo(endpoint(EAST));
    }
}
