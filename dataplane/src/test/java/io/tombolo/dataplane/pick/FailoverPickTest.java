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
import io.tombolo.dataplane.policy.Permit;
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
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.CapacityRule;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.Failback;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Health;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import io.tombolo.model.routing.Urgencies;
import io.tombolo.model.routing.Wishes;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a sidecar makes of policies, orders and its controller's shares: west has two instances of checkout, south one. */
class FailoverPickTest {
    private static final TestCluster EAST = new TestCluster("east");
    private static final TestCluster WEST = new TestCluster("west");
    private static final TestCluster SOUTH = new TestCluster("south");
    private static final ServicePort PORT = new ServicePort(CHECKOUT, 80);
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final List<FeedEntry> entries = new ArrayList<>(List.of(
            Configs.own(EAST, Optional.empty()),
            Configs.member(WEST, MemberState.ADMITTED),
            Configs.member(SOUTH, MemberState.ADMITTED),
            Configs.gateways(WEST, 91, 1, true),
            Configs.gateways(SOUTH, 92, 1, true),
            new FeedEntry.Imported(new ImportedService(
                    CHECKOUT,
                    List.of(new ExportedPort(80, "http", AppProtocol.HTTP)),
                    ServiceType.CLUSTER_SET_IP,
                    "None",
                    List.of(source(SOUTH, 1), source(WEST, 2)),
                    Optional.empty()))));
    private boolean heard = true;
    private Instant now = NOON.plusSeconds(1);

    @Test
    void aSecondAttemptGoesToTheNextClusterWhereThePolicySaysSo() {
        // Given
        var tried = new Tried();
        tried.refused(new EndpointKey(PORT, WEST.id(), Optional.of(InstanceId.of(1))));
        entries.add(failover(false));
        // When, then
        assertThat(clusters(tried)).containsOnly("west");
        // When
        entries.add(failover(true));
        // Then
        assertThat(clusters(tried)).containsOnly("south");
    }

    @Test
    void withNobodyElsewhereTheOtherInstanceOfThatClusterIsAskedAllTheSame() {
        // Given
        entries.add(failover(true));
        var tried = new Tried();
        tried.refused(new EndpointKey(PORT, WEST.id(), Optional.of(InstanceId.of(1))));
        tried.refused(new EndpointKey(PORT, SOUTH.id(), Optional.of(InstanceId.of(1))));
        // When, then
        Picked picked = picker().pick(permit(config()), config(), tried, Call.USUAL, 0);
        assertThat(picked.endpoint()).isEqualTo(new EndpointKey(PORT, WEST.id(), Optional.of(InstanceId.of(2))));
    }

    @Test
    void theControllersSharesCountWhileItIsHeardOf() {
        entries.add(shares(0, 1_000, 0));
        assertThat(clusters(new Tried())).containsOnly("south");
        // When
        heard = false;
        // Then: two of three ready instances are west's
        assertThat(clusters(new Tried())).containsOnly("south", "west");
    }

    @Test
    void whatNobodyHasTheCapacityForIsRefusedAtOnceAndOnlyAsAFirstAttempt() {
        // Given
        entries.add(shares(1, 0, 999));
        ProxyConfig config = config();
        // When, then
        assertThatThrownBy(() -> IntStream.range(0, 100)
                        .forEach(_ -> picker().pick(permit(config), config, new Tried(), Call.USUAL, 0)))
                .isInstanceOf(TomboloException.class)
                .extracting(refused -> ((TomboloException) refused).fault())
                .isEqualTo(Fault.NO_CAPACITY);
        var tried = new Tried();
        tried.refused(new EndpointKey(PORT, SOUTH.id(), Optional.of(InstanceId.of(1))));
        assertThat(clusters(tried)).containsOnly("west");
    }

    @Test
    void whatCanWaitIsRefusedFirst() {
        // Given: half of all calls can wait, and for a quarter there is no room
        entries.add(shares(750, 0, 250, Optional.of(Urgencies.of(0, 0, 0, 5, 0, 0, 5, 0))));
        Picker picker = picker();
        // When
        List<Call> refused = IntStream.range(0, 400)
                .mapToObj(number -> new Call(OptionalLong.empty(), number % 2 == 0 ? 3 : 6))
                .filter(call -> isRefused(picker, call))
                .toList();
        // Then
        assertThat(refused).allMatch(call -> call.urgency() == 6).hasSizeBetween(70, 130);
        assertThat(isRefused(picker, new Call(OptionalLong.empty(), 7))).isTrue();
        // When what is refused fades out, and the controller says no more of it
        entries.removeLast();
        entries.add(shares(900, 0, 100));
        // Then
        assertThat(IntStream.range(0, 400).filter(_ -> isRefused(picker, Call.USUAL)))
                .isEmpty();
        assertThat(isRefused(picker, new Call(OptionalLong.empty(), 7))).isTrue();
    }

    private boolean isRefused(Picker picker, Call call) {
        ProxyConfig config = config();
        try {
            picker.pick(permit(config), config, new Tried(), call, 0);
            return false;
        } catch (TomboloException refused) {
            assertThat(refused.fault()).isEqualTo(Fault.NO_CAPACITY);
            return true;
        }
    }

    @Test
    void anEvacuatedClusterGetsNothingAlsoWithoutAController() {
        heard = false;
        entries.add(new FeedEntry.Evacuation(new EvacuationOrder(WEST.id(), 100, Duration.ZERO, NOON)));
        assertThat(clusters(new Tried())).containsOnly("south");
    }

    @Test
    void aDrilledClusterGetsNothingUntilItsTimeIsOverAlsoWithoutAController() {
        heard = false;
        entries.add(new FeedEntry.Evacuation(EvacuationOrder.drill(WEST.id(), NOON, Duration.ofSeconds(2))));
        assertThat(clusters(new Tried())).containsOnly("south");
        // When nobody takes the order back, but its time is over
        now = NOON.plusSeconds(2);
        // Then
        assertThat(clusters(new Tried())).contains("west");
    }

    private Set<String> clusters(Tried tried) {
        ProxyConfig config = config();
        Picker picker = picker();
        return IntStream.range(0, 60)
                .mapToObj(_ -> picker.pick(permit(config), config, tried, Call.USUAL, 0))
                .map(picked -> picked.endpoint().cluster().value())
                .collect(Collectors.toSet());
    }

    private Picker picker() {
        var random = new SplittableRandom(7);
        return new Picker(
                FailoverPolicy.DEFAULT,
                new Circumstances(_ -> heard, InstantSource.fixed(now), 0),
                new Outcomes(random),
                new Paths(random),
                random);
    }

    private ProxyConfig config() {
        return ProxyConfig.of(1, entries);
    }

    private static Permit permit(ProxyConfig config) {
        return ImportGate.check(config, ImportRoute.byPort(config, PORT));
    }

    private static FeedEntry failover(boolean elsewhere) {
        var policy = new FailoverPolicy(
                List.of(Tier.of(new TierReach.Only(Set.of(WEST.id()))), Tier.ANY),
                Health.DEFAULT,
                Failback.DEFAULT,
                CapacityRule.DEFAULT,
                Wishes.NONE,
                elsewhere);
        return new FeedEntry.Failover(CHECKOUT, CHECKOUT, policy);
    }

    private static FeedEntry shares(int west, int south, int shed) {
        return shares(west, south, shed, Optional.empty());
    }

    private static FeedEntry shares(int west, int south, int shed, Optional<Urgencies> urgencies) {
        return new FeedEntry.Shares(
                CHECKOUT,
                List.of(new FeedEntry.Share(WEST.id(), west, ""), new FeedEntry.Share(SOUTH.id(), south, "")),
                NOON,
                shed,
                OptionalLong.empty(),
                urgencies);
    }

    private static ImportedService.Source source(TestCluster cluster, int instances) {
        List<RosterEntry> roster = IntStream.rangeClosed(1, instances)
                .mapToObj(number -> new RosterEntry(InstanceId.of(number), InstanceState.READY, 100, ""))
                .toList();
        return new ImportedService.Source(
                cluster.id(),
                Locality.UNKNOWN,
                Set.of(80),
                Set.of(cluster.workloadId("checkout")),
                ExportMode.PASSTHROUGH,
                Optional.of(new ServiceHealth(CHECKOUT, instances, instances, 0, 0, roster)),
                NOON,
                0);
    }
}
