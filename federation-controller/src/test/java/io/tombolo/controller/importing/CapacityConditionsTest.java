package io.tombolo.controller.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.failover.FederationReading;
import io.tombolo.controller.store.Spec;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.routing.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapacityConditionsTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId SOUTH = new ClusterId("south");

    private static Routes.Condition condition(Map<ClusterId, Integer> grants) {
        var elsewhere = new Place(false, false, false, Map.of());
        var known = new Federated(
                true,
                Locality.UNKNOWN,
                Map.of(EAST, new Place(true, false, false, Map.of()), WEST, elsewhere, SOUTH, elsewhere),
                List.of(),
                FederationReading.NONE);
        return CapacityConditions.of(new Spec.Capacity(100, new CapacityGrants(grants)), Optional.of(known));
    }

    @Test
    void grantsThatFitAreAllRight() {
        assertThat(condition(Map.of())).returns("True", Routes.Condition::status);
        assertThat(condition(Map.of(WEST, 60))).returns("True", Routes.Condition::status);
        assertThat(condition(Map.of(WEST, 60, SOUTH, 40))).returns("True", Routes.Condition::status);
    }

    @Test
    void moreThanThereIsIsTold() {
        assertThat(condition(Map.of(WEST, 60, SOUTH, 50)))
                .returns("GrantsExceedCapacity", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("110 percent").doesNotContain("nothing is left"));
    }

    @Test
    void membersThatNothingIsLeftForAreNamed() {
        assertThat(condition(Map.of(WEST, 100)))
                .returns("NothingLeft", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("nothing is left for south"));
    }

    @Test
    void aClusterThatNobodyKnowsIsNamed() {
        assertThat(condition(Map.of(new ClusterId("wets"), 10)))
                .returns("UnknownCluster", Routes.Condition::reason)
                .satisfies(c -> assertThat(c.message()).contains("wets"));
    }

    @Test
    void withoutAFederationNothingIsKnown() {
        var capacity = new Spec.Capacity(100, CapacityGrants.NONE);
        assertThat(CapacityConditions.of(capacity, Optional.empty())).returns("Pending", Routes.Condition::reason);
    }
}
