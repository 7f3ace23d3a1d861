package io.tombolo.controller.failover;

import static io.tombolo.controller.failover.KnownFederation.CHECKOUT;
import static io.tombolo.controller.failover.KnownFederation.NOON;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.RuleScope;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import io.tombolo.model.routing.Urgencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsTest {
    @TempDir
    private Path dir;

    private final KnownFederation federation = new KnownFederation();
    private StateDirectory state;
    private History history;
    private Decisions decisions;
    private long seconds;

    @BeforeEach
    void begin() {
        state = StateDirectory.take(dir);
        history = new History(state);
        decisions = new Decisions(history);
    }

    @AfterEach
    void end() {
        state.close();
    }

    @Test
    void proxiesHearOnlyOfWhatChanged() {
        // Given
        assertThat(after(0)).isTrue();
        // When nothing changes, then
        assertThat(after(1)).isFalse();
        // When the local instances are gone, then
        federation.ready(EAST, 0);
        assertThat(after(1)).isTrue();
        assertThat(share(WEST)).isEqualTo(1.0);
    }

    /** Services that are other objects each time are all decided of anew; those that are the same only where something changed. */
    @Test
    void whateverChangesItDecidesAsWhoLooksAtEveryServiceAnew() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            var random = new Random(seed);
            var changing = new KnownFederation();
            try (StateDirectory other = StateDirectory.take(Files.createDirectory(dir.resolve("seed-" + seed)))) {
                var anew = new Decisions(new History(other));
                var kept = new Decisions(new History(other));
                List<ImportedService> services = changing.known().services();
                for (int step = 0; step < 60; step++) {
                    // When
                    boolean sources = change(changing, random);
                    Known known = changing.known();
                    services = sources ? known.services() : services;
                    seconds += random.nextInt(3);
                    Instant wall = NOON.plusSeconds(seconds);
                    boolean told = kept.refresh(
                            with(known, services), Duration.ofSeconds(seconds).toNanos(), wall);
                    // Then
                    assertThat(told)
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(anew.refresh(
                                    known, Duration.ofSeconds(seconds).toNanos(), wall));
                    assertThat(kept.all()).as("seed %d, step %d", seed, step).isEqualTo(anew.all());
                }
            }
        }
    }

    private static Known with(Known known, List<ImportedService> services) {
        return new Known(known.targets(), services, known.rules(), known.federation(), known.demand(), known.jitter());
    }

    /** @return whether it is a change of a service's sources */
    private static boolean change(KnownFederation federation, Random random) {
        ClusterId cluster = List.of(EAST, WEST, SOUTH).get(random.nextInt(3));
        int what = random.nextInt(8);
        switch (what) {
            case 0 -> federation.ready(cluster, random.nextInt(3));
            case 1 -> federation.capacity(cluster, random.nextInt(3) * 100L);
            case 2 -> federation.path(cluster, random.nextBoolean() ? PathHealth.State.UP : PathHealth.State.DOWN);
            case 3 ->
                federation.demand.report(
                        InstanceId.of(9),
                        Map.of(CHECKOUT, new DemandTable.Asked(random.nextInt(4) * 100L, Urgencies.ALL_USUAL)));
            case 4 ->
                federation.orders = random.nextBoolean()
                        ? List.of()
                        : List.of(new EvacuationOrder(WEST, 100, Duration.ofSeconds(20), NOON));
            default -> federation.wall = federation.wall.plusSeconds(random.nextInt(10));
        }
        return what < 2;
    }

    @Test
    void eachTurnIsRememberedWithItsReasonAlsoOverARestart() {
        // Given
        after(0);
        // When
        federation.ready(EAST, 0);
        after(1);
        federation.path(WEST, PathHealth.State.DOWN);
        after(1);
        history.write();
        // Then
        var turns = new History(state).of(Optional.of(CHECKOUT), 10);
        assertThat(turns).hasSize(2);
        assertThat(turns.getFirst().after())
                .contains(new History.Side("south", 1_000, "ready"), new History.Side("west", 0, "no path up"));
        assertThat(new History(state)
                        .at(CHECKOUT, NOON.plusSeconds(1))
                        .orElseThrow()
                        .after())
                .contains(new History.Side("west", 1_000, "ready"));
        assertThat(new History(state).at(CHECKOUT, NOON)).isEmpty();
    }

    @Test
    void whatComesBackIsHeldAndThenMovesByTheSecond() {
        // Given
        after(0);
        federation.ready(EAST, 0);
        after(1);
        // When
        federation.ready(EAST, 2);
        after(1);
        // Then
        assertThat(share(EAST)).isZero();
        after(11);
        double first = share(EAST);
        after(1);
        assertThat(share(EAST)).isGreaterThan(first).isLessThan(1.0);
        after(40);
        after(1);
        assertThat(share(EAST)).isEqualTo(1.0);
        assertThat(after(1)).isFalse();
    }

    @Test
    void aChangeAfterALongQuietMovesNoFasterThanAnyOther() {
        // Given
        after(0);
        after(3_600);
        // When
        federation.rules.add(new FailoverRule(
                new ServiceName("shop", "p"),
                new RuleScope.Service(CHECKOUT),
                NOON,
                FailoverPolicy.of(List.of(Tier.SAME_REGION))));
        after(1);
        // Then
        assertThat(share(WEST)).isEqualTo(0.2, within(1e-9));
        after(3);
        assertThat(share(WEST)).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void anEvacuationMovesTrafficOverItsTimeWithoutTheClustersHelp() {
        // Given
        after(0);
        // When
        federation.orders = List.of(new EvacuationOrder(EAST, 100, Duration.ofSeconds(60), NOON));
        for (int i = 0; i < 30; i++) {
            after(1);
        }
        // Then
        assertThat(share(EAST)).isEqualTo(0.5, within(0.02));
        for (int i = 0; i < 40; i++) {
            after(1);
        }
        assertThat(share(EAST)).isZero();
        assertThat(share(WEST)).isEqualTo(1.0);
    }

    @Test
    void aDrillIsLikeADeathAndItsEndLikeTheReturnAfterOne() {
        // Given
        after(0);
        // When
        federation.orders = List.of(EvacuationOrder.drill(EAST, NOON, Duration.ofSeconds(10)));
        after(1);
        // Then it gets nothing at once
        assertThat(share(EAST)).isZero();
        assertThat(share(WEST)).isEqualTo(1.0);
        // When its time is over, then it is held, and comes back along the ramp
        after(9);
        assertThat(share(EAST)).isZero();
        after(13);
        after(1);
        assertThat(share(EAST)).isBetween(0.01, 0.9);
        after(40);
        after(1);
        assertThat(share(EAST)).isEqualTo(1.0);
    }

    @Test
    void thereIsOneDrillAtATimeAndItIsGoneAfterARestart() {
        // Given
        var orders = new Evacuations(state);
        orders.begin(EvacuationOrder.drill(WEST, NOON, Duration.ofSeconds(30)), federation.view());
        // When, then
        var second = EvacuationOrder.drill(SOUTH, NOON.plusSeconds(29), Duration.ofSeconds(30));
        assertThatThrownBy(() -> orders.begin(second, federation.view()))
                .hasMessageContaining("TB-2090")
                .hasMessageContaining("west");
        assertThat(orders.counting(federation.view())).hasSize(1);
        assertThat(orders.own()).isEmpty(); // nobody else hears of it
        assertThat(new Evacuations(state).counting(federation.view())).isEmpty();
        // When its time is over, then another one may begin
        var third = EvacuationOrder.drill(SOUTH, NOON.plusSeconds(30), Duration.ofSeconds(30));
        orders.begin(third, federation.view());
        assertThat(orders.endDrill(NOON.plusSeconds(31), Optional.of(NOON))).isEmpty(); // that one was the first
        assertThat(orders.endDrill(NOON.plusSeconds(31), Optional.of(third.since())))
                .contains(third);
        assertThat(orders.endDrill(NOON.plusSeconds(32), Optional.empty())).isEmpty();
    }

    @Test
    void anOrderOutranksADrillOfTheSameCluster() {
        var orders = new Evacuations(state);
        var drill = EvacuationOrder.drill(SOUTH, NOON, Duration.ofSeconds(30));
        orders.begin(drill, federation.view());
        var order = new EvacuationOrder(SOUTH, 50, Duration.ZERO, NOON);
        orders.give(order);
        assertThat(orders.counting(federation.view())).containsExactly(order);
        var _ = orders.endDrill(NOON, Optional.empty());
        assertThatThrownBy(() -> orders.begin(drill, federation.view())).hasMessageContaining("is being evacuated");
    }

    @Test
    void onlyAnAuthoritysOrdersBindOthers() {
        var orders = new Evacuations(state);
        federation.ordered(WEST, new EvacuationOrder(SOUTH, 100, Duration.ZERO, NOON));
        assertThat(orders.counting(federation.view())).isEmpty();
        // When it is ordered here, it counts, and is still there after a restart
        orders.give(new EvacuationOrder(SOUTH, 50, Duration.ZERO, NOON));
        assertThat(new Evacuations(state).counting(federation.view()))
                .containsExactly(new EvacuationOrder(SOUTH, 50, Duration.ZERO, NOON));
        assertThat(orders.undo(SOUTH)).isTrue();
        assertThat(orders.undo(SOUTH)).isFalse();
        assertThat(new Evacuations(state).own()).isEmpty();
    }

    @Test
    void anOrderThatCannotBeWrittenIsRefusedAndHasNoEffect() throws IOException {
        // Given
        var orders = new Evacuations(state);
        orders.give(new EvacuationOrder(SOUTH, 50, Duration.ZERO, NOON));
        Path file = state.file("evacuations.state");
        Path kept = Files.move(file, dir.resolve("kept"));
        Files.createDirectories(file.resolve("in the way"));
        // When, then
        assertThatThrownBy(() -> orders.give(new EvacuationOrder(WEST, 100, Duration.ZERO, NOON)))
                .isInstanceOfSatisfying(
                        TomboloException.class,
                        failed -> assertThat(failed.fault()).isEqualTo(Fault.STORE_FAILED));
        assertThatThrownBy(() -> orders.undo(SOUTH)).isInstanceOf(TomboloException.class);
        assertThat(orders.own()).extracting(EvacuationOrder::cluster).containsExactly(SOUTH);
        // When there is a way again
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        Files.move(kept, file);
        // Then
        assertThat(new Evacuations(state).own()).isEqualTo(orders.own());
        assertThat(orders.undo(SOUTH)).isTrue();
    }

    @Test
    void demandIsFollowedOnlyWhenItIsClearlyDifferent() {
        // Given
        federation.capacity(EAST, 1_000);
        asked(400);
        after(0);
        // When, then
        asked(420);
        assertThat(after(1)).isFalse();
        asked(500);
        assertThat(after(1)).isTrue();
    }

    @Test
    void theStandbyGetsNoMoreThanItGrantsAndTheRestIsShed() {
        // Given
        federation.rules.add(new FailoverRule(
                new ServiceName("shop", "p"),
                new RuleScope.Service(CHECKOUT),
                NOON,
                FailoverPolicy.of(List.of(Tier.LOCAL, Tier.SAME_REGION))));
        federation.capacity(WEST, 300);
        asked(1_000);
        after(0);
        // When
        federation.ready(EAST, 0);
        after(1);
        // Then
        var decision = decisions.of(CHECKOUT).orElseThrow().decision();
        assertThat(share(WEST)).isEqualTo(0.3);
        assertThat(decision.shed()).isEqualTo(0.7);
        assertThat(decisions.of(CHECKOUT).orElseThrow().rule()).contains(new ServiceName("shop", "p"));
    }

    @Test
    void aSimulationSaysWhereTrafficWouldGoAndWhatWouldBeTooMuch() {
        // Given
        federation.capacity(SOUTH, 300);
        federation.ready(EAST, 0);
        var simulation = Simulation.of(federation.known());
        // When
        var outcome = simulation
                .run(new Simulation.Change(Set.of(WEST), Set.of(), List.of(), Map.of(CHECKOUT, 1_000.0)))
                .getFirst();
        // Then
        assertThat(outcome.before().of(WEST).orElseThrow().share()).isEqualTo(1.0);
        assertThat(outcome.after().of(SOUTH).orElseThrow().share()).isEqualTo(0.3);
        assertThat(outcome.after().shed()).isEqualTo(0.7);
        assertThat(outcome.leftWithNothing()).isFalse();
        assertThat(simulation.leftWithNothing(Simulation.Change.down(Set.of(WEST, SOUTH))))
                .containsExactly(CHECKOUT.toString());
    }

    @Test
    void aSimulatedGatewayTakesItsPathWithIt() {
        federation.ready(EAST, 0);
        var change = new Simulation.Change(Set.of(), Set.of(KnownFederation.GATEWAY_OF_WEST), List.of(), Map.of());
        var outcome = Simulation.of(federation.known()).run(change).getFirst();
        assertThat(outcome.after().of(SOUTH).orElseThrow().share()).isEqualTo(1.0);
    }

    @Test
    void proxiesHearWhatCallsAreMadeUpOfOnlyWhileSomethingIsRefused() {
        // Given
        Urgencies half = Urgencies.of(0, 0, 0, 5, 0, 0, 5, 0);
        federation.capacity(WEST, 300);
        federation.capacity(SOUTH, 300);
        asked(100, half);
        federation.ready(EAST, 0);
        after(60);
        assertThat(decided().urgencies()).isEmpty();
        // When
        asked(1_000, half);
        settle();
        // Then
        assertThat(decided().urgencies()).contains(half);
        assertThat(decided().shedding().refuses(6, 0.5)).isTrue();
        assertThat(decided().shedding().refuses(3, 0.5)).isFalse();
        // When what is measured differs a little, and then clearly
        asked(1_000, Urgencies.of(0, 0, 0, 5.1, 0, 0, 4.9, 0));
        assertThat(after(1)).isFalse();
        asked(1_000, Urgencies.of(0, 0, 0, 8, 0, 0, 2, 0));
        // Then
        assertThat(after(1)).isTrue();
        assertThat(decided().shedding().refuses(3, 0)).isTrue();
    }

    @Test
    void aSimulatedPolicyDoesNotTakeThePlaceOfAnAuthoritysOfTheSameName() {
        // Given
        var name = new ServiceName("tombolo-system", "default");
        var onlySouth = FailoverPolicy.of(List.of(Tier.of(new TierReach.Only(Set.of(SOUTH)))));
        var theirs = new FailoverRule(name, new RuleScope.Federation(), NOON, onlySouth);
        Known known = federation.known();
        var given = new FederationReading(List.of(new FederationReading.Given(WEST, theirs)), List.of());
        var simulation =
                Simulation.of(new Known(known.targets(), known.services(), List.of(theirs), given, known.demand(), 0));
        // When: one of that name, for something else
        var other = new FailoverRule(
                name, new RuleScope.Service(new ServiceName("shop", "other")), NOON, FailoverPolicy.DEFAULT);
        var outcome = simulation
                .run(new Simulation.Change(Set.of(), Set.of(), List.of(other), Map.of()))
                .getFirst();
        // Then
        assertThat(outcome.after().of(SOUTH).orElseThrow().share()).isEqualTo(1.0);
    }

    private void settle() {
        while (after(1)) {
            assertThat(seconds).isLessThan(600);
        }
    }

    private Decided decided() {
        return decisions.of(CHECKOUT).orElseThrow();
    }

    private boolean after(int more) {
        seconds += more;
        federation.wall = NOON.plusSeconds(seconds);
        return decisions.refresh(federation.known(), Duration.ofSeconds(seconds).toNanos(), NOON.plusSeconds(seconds));
    }

    private void asked(long perSecond) {
        asked(perSecond, Urgencies.ALL_USUAL);
    }

    private void asked(long perSecond, Urgencies urgencies) {
        federation.demand.report(InstanceId.of(7), Map.of(CHECKOUT, new DemandTable.Asked(perSecond, urgencies)));
    }

    private double share(ClusterId cluster) {
        return decisions
                .of(CHECKOUT)
                .orElseThrow()
                .decision()
                .of(cluster)
                .orElseThrow()
                .share();
    }
}
