package io.tombolo.controller.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.failover.FederationReading;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Place;
import io.tombolo.model.routing.RuleScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailoverPoliciesTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId SOUTH = new ClusterId("south");

    private static String policy(String namespace, String name, String spec) {
        return "---\napiVersion: tombolo.io/v1\nkind: FailoverPolicy\nmetadata: {name: " + name + ", namespace: "
                + namespace + "}\nspec: {" + spec + "}\n";
    }

    /** Each written a second after the one before. */
    private static LocalServices services(String... policies) {
        var stored = new ArrayList<StoredResource>();
        for (ParsedResource each : ResourceReader.read(String.join("", policies))) {
            Instant written = Instant.EPOCH.plusSeconds(stored.size());
            stored.add(new StoredResource(each.key(), each.spec(), each.specJson(), 1, written, "api"));
        }
        return LocalServices.of(stored, List.of(), Map.of());
    }

    /** East, which is the own one, west, near it, and south, far away and cheap. */
    private static Federated federated(boolean authority, Locality own, ImportedService... imports) {
        return new Federated(
                authority,
                own,
                Map.of(
                        EAST, new Place(true, true, true, Map.of()),
                        WEST, new Place(false, false, true, Map.of()),
                        SOUTH, new Place(false, false, false, Map.of("cost", "low"))),
                List.of(imports),
                FederationReading.NONE);
    }

    private static ImportedService checkout(ClusterId... clusters) {
        return new ImportedService(
                new ServiceName("shop", "checkout"),
                List.of(new ExportedPort(80, "", AppProtocol.HTTP)),
                ServiceType.CLUSTER_SET_IP,
                "None",
                Stream.of(clusters)
                        .map(cluster -> new ImportedService.Source(
                                cluster,
                                Locality.UNKNOWN,
                                Set.of(80),
                                Set.of(),
                                ExportMode.PASSTHROUGH,
                                Optional.empty(),
                                Instant.EPOCH))
                        .toList(),
                Optional.empty());
    }

    private static List<Routes.Condition> conditions(LocalServices local, String name, Optional<Federated> federated) {
        FailoverRule rule = local.failoverRules().stream()
                .filter(one -> one.name().name().equals(name))
                .findFirst()
                .orElseThrow();
        return FailoverPolicies.conditions(rule, local, federated);
    }

    private static List<String> reasons(LocalServices local, String name, Federated federated) {
        return conditions(local, name, Optional.of(federated)).stream()
                .map(c -> c.type() + "=" + c.status() + " " + c.reason())
                .toList();
    }

    private static Federated known(ImportedService... imports) {
        return federated(false, new Locality("eu", "a"), imports);
    }

    @Test
    void aPolicyThatIsAllRightSaysSo() {
        LocalServices local = services(policy("shop", "p", "targetRef: {name: checkout}"));
        assertThat(reasons(local, "p", known(checkout(WEST))))
                .containsExactly(
                        "Accepted=True Accepted", "ResolvedRefs=True ResolvedRefs", "TargetsLeft=True TargetsLeft");
    }

    @Test
    void ofTheSameScopeTheOldestCountsAndTheOthersNameIt() {
        LocalServices local = services(
                policy("shop", "zebra", "targetRef: {name: checkout}"),
                policy("shop", "ant", "targetRef: {name: checkout}"),
                policy("shop", "wide", "hold: 5s"),
                policy("shop", "wider", "hold: 6s"));
        assertThat(reasons(local, "zebra", known(checkout(WEST)))).contains("Accepted=True Accepted");
        assertThat(reasons(local, "wide", known(checkout(WEST)))).contains("Accepted=True Accepted");
        assertThat(conditions(local, "ant", Optional.of(known())).getFirst())
                .returns("Conflicted", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("shop/zebra"));
        assertThat(reasons(local, "wider", known(checkout(WEST)))).contains("Accepted=False Conflicted");
    }

    @Test
    void aTargetThatIsNotThereIsToldAndIsNotKnownWithoutAFederation() {
        LocalServices local = services(policy("shop", "p", "targetRef: {name: nobody}"));
        assertThat(reasons(local, "p", known(checkout(WEST)))).contains("Accepted=False TargetNotFound");
        assertThat(conditions(local, "p", Optional.empty()))
                .singleElement()
                .returns("Pending", Routes.Condition::reason);
    }

    @Test
    void aDefaultForTheFederationCountsFromAnAuthorityOnly() {
        LocalServices local = services(policy("tombolo-system", "p", "scope: Federation"));
        assertThat(reasons(local, "p", federated(true, new Locality("eu", "a"))))
                .contains("Accepted=True Accepted");
        assertThat(reasons(local, "p", known())).contains("Accepted=False NotAuthority");
        assertThat(conditions(local, "p", Optional.empty()).getFirst().reason()).isEqualTo("Pending");
    }

    @Test
    void ofTwoAuthoritiesDefaultsForTheFederationTheOldestCountsAndTheOtherSaysSo() {
        // Given
        LocalServices local = services(policy("tombolo-system", "p", "scope: Federation"));
        Federated alone = federated(true, new Locality("eu", "a"));
        var older = new FailoverRule(
                new ServiceName("tombolo-system", "q"),
                new RuleScope.Federation(),
                Instant.EPOCH.minusSeconds(1),
                FailoverPolicy.DEFAULT);
        var wests = new FederationReading(List.of(new FederationReading.Given(WEST, older)), List.of());
        var two = new Federated(true, alone.locality(), alone.places(), alone.imports(), wests);
        // When, then
        assertThat(conditions(local, "p", Optional.of(two)).getFirst())
                .returns("Conflicted", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("tombolo-system/q of west"));
    }

    @Test
    void clustersThatNobodyKnowsAreNamed() {
        LocalServices local = services(
                policy(
                        "shop",
                        "p",
                        "tiers: [{clusters: {only: [west, noth]}}, {clusters: {anyExcept: [wets]}}, {clusters: any, weights: {eest: 2}}]"));
        assertThat(conditions(local, "p", Optional.of(known())).get(1))
                .returns("UnknownCluster", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("eest, noth, wets"));
    }

    @Test
    void aTierOfTheOwnRegionIsEmptyInAClusterThatSaysNone() {
        LocalServices local = services(
                policy("shop", "p", "tiers: [{local: true}, {sameRegion: true}, {clusters: any}]"),
                policy("pay", "zone", "tiers: [{sameZone: true}, {clusters: any}]"));
        Federated nowhere = federated(false, Locality.UNKNOWN);
        Federated noZone = federated(false, new Locality("eu", ""));
        assertThat(conditions(local, "p", Optional.of(nowhere)).get(1))
                .returns("UnknownRegion", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("spec.tiers[1] sameRegion"));
        assertThat(reasons(local, "p", noZone)).contains("ResolvedRefs=True ResolvedRefs");
        assertThat(reasons(local, "zone", noZone)).contains("ResolvedRefs=False UnknownRegion");
    }

    @Test
    void aServiceThatNoTierReachesIsNamedByThePolicyThatCountsForIt() {
        LocalServices local = services(
                policy("shop", "near", "tiers: [{local: true}, {sameRegion: true}]"),
                policy("tombolo-system", "all", "tiers: [{local: true}]"));
        assertThat(reasons(local, "near", known(checkout(WEST, SOUTH)))).contains("TargetsLeft=True TargetsLeft");
        assertThat(conditions(local, "near", Optional.of(known(checkout(SOUTH))))
                        .get(2))
                .returns("NoTargetLeft", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("shop/checkout"));
        assertThat(reasons(local, "all", known(checkout(SOUTH)))).contains("TargetsLeft=True TargetsLeft");
        assertThat(reasons(local, "near", known(checkout()))).contains("TargetsLeft=True TargetsLeft");
    }

    @Test
    void whatIsRequiredCanLeaveNobodyToo() {
        LocalServices local = services(policy("shop", "p", "require: {cost: low}"));
        assertThat(reasons(local, "p", known(checkout(WEST)))).contains("TargetsLeft=False NoTargetLeft");
        assertThat(reasons(local, "p", known(checkout(WEST, SOUTH)))).contains("TargetsLeft=True TargetsLeft");
    }

    @Test
    void whatMovesTrafficAllTheTimeIsTold() {
        LocalServices local = services(
                policy("shop", "p", "hold: 0s, failback: {ramp: 0s}, healthyBelow: 91"),
                policy("pay", "q", "hold: 0s, healthyBelow: 90"));
        assertThat(reasons(local, "p", known())).contains("Steady=False NoHoldNoRamp,SpillsEarly");
        assertThat(reasons(local, "q", known())).noneMatch(condition -> condition.startsWith("Steady"));
    }
}
