package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.CapacityRule;
import io.tombolo.model.routing.Failback;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Health;
import io.tombolo.model.routing.RuleScope;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import io.tombolo.model.routing.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverReaderTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId SOUTH = new ClusterId("south");

    private static FailoverRule read(String namespace, String spec) {
        String yaml = "apiVersion: tombolo.io/v1\nkind: FailoverPolicy\nmetadata: {name: p, namespace: " + namespace
                + "}\nspec: {" + spec + "}\n";
        return ((Spec.Failover) ResourceReader.read(yaml).getFirst().spec()).rule();
    }

    private static FailoverRule read(String spec) {
        return read("shop", spec);
    }

    @Test
    void everyFieldIsRead() {
        FailoverRule rule = read("""
                targetRef: {kind: Service, name: checkout},
                tiers: [
                  {local: true},
                  {sameZone: true},
                  {sameRegion: true},
                  {clusters: {only: [west, south]}, labels: {cost: low}, weights: {west: 3, south: 0}},
                  {clusters: {anyExcept: [west]}},
                  {clusters: any}],
                healthyBelow: 70, minHealthy: 2, maxStaleness: Drop, hold: 20s, failback: {ramp: 1m},
                capacity: {limits: false, maxShare: 60}, maxLatency: 150ms,
                require: {residency: eu}, prefer: {cost: low}, retry: {nextCluster: true}
                """);
        assertThat(rule)
                .isEqualTo(new FailoverRule(
                        new ServiceName("shop", "p"),
                        new RuleScope.Service(new ServiceName("shop", "checkout")),
                        Instant.EPOCH,
                        new FailoverPolicy(
                                List.of(
                                        Tier.LOCAL,
                                        Tier.SAME_ZONE,
                                        Tier.SAME_REGION,
                                        new Tier(
                                                new TierReach.Only(Set.of(WEST, SOUTH)),
                                                Map.of("cost", "low"),
                                                Map.of(WEST, 3, SOUTH, 0)),
                                        Tier.of(new TierReach.AnyExcept(Set.of(WEST))),
                                        Tier.ANY),
                                new Health(70, 2, Health.Expired.DROP),
                                new Failback(Duration.ofSeconds(20), Duration.ofMinutes(1)),
                                new CapacityRule(false, 60),
                                new Wishes(
                                        Map.of("residency", "eu"),
                                        Map.of("cost", "low"),
                                        Optional.of(Duration.ofMillis(150))),
                                true)));
    }

    @Test
    void whatIsNotWrittenIsAsWithoutAPolicy() {
        assertThat(read("targetRef: {name: checkout}").policy()).isEqualTo(FailoverPolicy.DEFAULT);
    }

    @Test
    void aPolicyWithoutATargetIsForItsNamespaceAndInTheSystemsForTheClusterOrTheFederation() {
        assertThat(read("hold: 5s").scope()).isEqualTo(new RuleScope.Namespace("shop"));
        assertThat(read("tombolo-system", "hold: 5s").scope()).isEqualTo(new RuleScope.Cluster());
        assertThat(read("tombolo-system", "scope: Cluster").scope()).isEqualTo(new RuleScope.Cluster());
        assertThat(read("tombolo-system", "scope: Federation").scope()).isEqualTo(new RuleScope.Federation());
        assertThat(read("tombolo-system", "targetRef: {name: a}").scope())
                .isEqualTo(new RuleScope.Service(new ServiceName("tombolo-system", "a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targetRef: {kind: Pod, name: a} | spec.targetRef.kind",
                "targetRef: {kind: Service} | spec.targetRef.name: is missing",
                "targetRef: null | spec.targetRef: has no value",
                "targetRef: {} | spec.targetRef: has no value",
                "scope: Federation | spec.scope: is for policies of tombolo-system",
                "tier: [] | spec.tier: unknown field",
                "tiers: [] | spec.tiers: has no value",
                "tiers: [{}] | spec.tiers[0]: does not say which clusters",
                "tiers: [{labels: {a: b}}] | spec.tiers[0]: does not say which clusters",
                "tiers: [{local: true, sameRegion: true}] | spec.tiers[0]: says several: local, sameRegion",
                "tiers: [{local: false}] | spec.tiers[0].local: is false",
                "tiers: [{local: null}] | spec.tiers[0].local: has no value",
                "tiers: [{clusters: all}] | spec.tiers[0].clusters: is not known",
                "tiers: [{clusters: {only: [a], anyExcept: [b]}}] | spec.tiers[0].clusters: says both",
                "tiers: [{clusters: {}}] | spec.tiers[0].clusters: has no value",
                "tiers: [{clusters: {only: []}}] | spec.tiers[0].clusters.only: has no value",
                "tiers: [{clusters: {only: [a, a]}}] | spec.tiers[0].clusters.only: names a twice",
                "tiers: [{clusters: {only: [A]}}] | spec.tiers[0].clusters.only[0]",
                "tiers: [{clusters: any, weights: {a: 1001}}] | tiers.weights = 1001",
                "tiers: [{clusters: any, weights: {a: x}}] | spec.tiers[0].weights.a: is not a whole number",
                "tiers: [{clusters: any, weights: [1]}] | spec.tiers[0].weights: is not an object",
                "tiers: [{clusters: {only: [a]}, weights: {b: 1}}] | spec.tiers[0].weights.b: is not in this tier",
                "tiers: [{clusters: {anyExcept: [a]}, weights: {a: 1}}] | spec.tiers[0].weights.a: is not in this tier",
                "tiers: [{clusters: {only: [a, b]}, weights: {a: 0, b: 0}}] | spec.tiers[0].weights: are all 0",
                "tiers: [{clusters: any, labels: {}}] | spec.tiers[0].labels: has no value",
                "tiers: [{clusters: any, labels: text}] | spec.tiers[0].labels",
                "tiers: [{clusters: any, labels: {-a: b}}] | label '-a'",
                "tiers: [{clusters: any, labels: {a: eu}}], require: {a: us} | spec.tiers[0].labels.a: 'eu' contradicts require",
                "require: {a: eu}, prefer: {a: us} | spec.prefer.a: 'us' contradicts require",
                "require: {} | spec.require: has no value",
                "healthyBelow: 101 | spec: healthyBelow = 101",
                "healthyBelow: 70% | spec.healthyBelow: is not a whole number",
                "healthyBelow: null | spec.healthyBelow: has no value",
                "minHealthy: 0 | spec: minHealthy = 0",
                "maxStaleness: Keep | spec.maxStaleness: is not known",
                "hold: 2h | spec: failover.hold = PT2H",
                "hold: 10 | spec.hold",
                "failback: {ramp: 2h} | failover.ramp = PT2H",
                "failback: {hold: 2s} | spec.failback.hold: unknown field",
                "capacity: {maxShare: 0} | spec: capacity.maxShare = 0",
                "capacity: {limits: 1} | spec.capacity.limits: is neither true nor false",
                "maxLatency: 0s | spec: maxLatency = PT0S",
                "retry: {nextCluster: null} | spec.retry.nextCluster: has no value",
            })
    void whatIsWrongIsRefusedByName(String spec, String said) {
        assertThatThrownBy(() -> read(spec)).hasMessageContaining("TB-100").hasMessageContaining(said);
    }

    @Test
    void aScopeGoesWithNoTargetAndIsOneOfTwo() {
        assertThatThrownBy(() -> read("tombolo-system", "scope: World"))
                .hasMessageContaining("spec.scope: is not known");
        assertThatThrownBy(() -> read("tombolo-system", "scope: Cluster, targetRef: {name: a}"))
                .hasMessageContaining("without targetRef");
    }

    @Test
    void sixtyFiveWeightsAreTooMany() {
        String most = IntStream.range(0, 64).mapToObj(i -> "c" + i + ": 1").collect(Collectors.joining(", "));
        assertThat(read("tiers: [{clusters: any, weights: {" + most + "}}]")
                        .policy()
                        .tiers()
                        .getFirst()
                        .weights())
                .hasSize(64);
        assertThatThrownBy(() -> read("tiers: [{clusters: any, weights: {" + most + ", c64: 1}}]"))
                .hasMessageContaining("spec.tiers[0].weights")
                .hasMessageContaining("more than 64");
    }

    @Test
    void seventeenTiersAreTooMany() {
        String many = "{clusters: {only: [c]}, labels: {a: v}},".replace("c]", "c%1$s]");
        var tiers = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            tiers.append(many.formatted(i));
        }
        assertThatThrownBy(() -> read("tiers: [" + tiers + "]")).hasMessageContaining("tiers = 17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{clusters: any}, {local: true}",
                "{clusters: any}, {clusters: {only: [a]}}",
                "{clusters: any}, {clusters: any, labels: {cost: low}}",
                "{sameRegion: true}, {sameZone: true}",
                "{clusters: {only: [a]}}, {clusters: {only: [b, c]}}, {clusters: {only: [a, b]}}",
                "{clusters: {anyExcept: [a]}}, {clusters: {only: [b]}}",
                "{clusters: {anyExcept: [a]}}, {clusters: {only: [a]}}, {clusters: any}",
                "{clusters: {anyExcept: [a, b]}}, {clusters: {anyExcept: [a, c]}}, {clusters: {only: [b]}}",
                "{clusters: any, labels: {residency: eu}}, {local: true}",
                "{clusters: any, labels: {cost: low}}, {sameZone: true, labels: {cost: low, x: y}}",
            })
    void aTierAfterThoseThatTakeAllOfItsClustersIsRefused(String tiers) {
        assertThatThrownBy(() -> read("require: {residency: eu}, tiers: [" + tiers + "]"))
                .hasMessageContaining("TB-1004")
                .hasMessageContaining("no traffic can reach it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{local: true}, {local: true}", "{clusters: {only: [a, b]}}, {clusters: {only: [b, a]}}"})
    void theSameTierTwiceIsRefused(String tiers) {
        assertThatThrownBy(() -> read("tiers: [" + tiers + "]"))
                .hasMessageContaining("spec.tiers[1]: is the same as")
                .hasMessageContaining("spec.tiers[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{clusters: any, labels: {cost: low}}, {clusters: any}",
                "{sameRegion: true}, {local: true}",
                "{sameZone: true}, {sameRegion: true}",
                "{clusters: {only: [a]}}, {clusters: {only: [a, b]}}",
                "{clusters: {anyExcept: [a]}}, {clusters: any}",
                "{clusters: {anyExcept: [a]}}, {local: true}",
                "{clusters: {anyExcept: [a]}}, {clusters: {anyExcept: [b]}}",
                "{clusters: any, weights: {a: 0}}",
            })
    void aTierThatCanStillGetSomethingIsTaken(String tiers) {
        assertThat(read("tiers: [" + tiers + "]").policy().tiers()).isNotEmpty();
    }
}
