package io.tombolo.model.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a sidecar makes of the shares that its controller decided. */
class FailoverGivenTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId SOUTH = new ClusterId("south");

    @Test
    void aSidecarThatStartsInTheMidstOfARampBeginsWhereTheOthersAre() {
        var decision = decide(Map.of(EAST, 0.25, WEST, 0.75), 0, Optional.empty(), 0, local(2), remote(WEST, true));
        assertThat(share(decision, EAST)).isEqualTo(0.25, within(1e-9));
        assertThat(share(decision, WEST)).isEqualTo(0.75, within(1e-9));
    }

    @Test
    void whoCannotAnswerByOwnEvidenceGetsNothingWhateverTheControllerSays() {
        // Given
        var given = Map.of(WEST, 1.0);
        var before = decide(given, 0, Optional.empty(), 0, local(0), remote(WEST, true), remote(SOUTH, true));
        // When
        var after = decide(given, 0, Optional.of(before), 1, local(0), remote(WEST, false), remote(SOUTH, true));
        // Then
        assertThat(share(after, WEST)).isZero();
        assertThat(share(after, SOUTH)).isEqualTo(1.0);
    }

    @Test
    void whoOnlyJustCameBackByOwnEvidenceIsHeldThoughTheControllerNeverMissedIt() {
        // Given
        var given = Map.of(WEST, 1.0);
        var down = decide(given, 0, Optional.empty(), 0, local(0), remote(WEST, false), remote(SOUTH, true));
        // When
        var back = decide(given, 0, Optional.of(down), 1, local(0), remote(WEST, true), remote(SOUTH, true));
        var later = decide(given, 0, Optional.of(back), 12, local(0), remote(WEST, true), remote(SOUTH, true));
        // Then
        assertThat(share(back, WEST)).isZero();
        assertThat(share(later, WEST)).isEqualTo(1.0);
    }

    @Test
    void sharesOfClustersThatDoNotExposeThePortAreNobodysHere() {
        var decision = decide(Map.of(EAST, 0.5, WEST, 0.5), 0, Optional.empty(), 0, local(2));
        assertThat(share(decision, EAST)).isEqualTo(1.0);
    }

    @Test
    void whatTheControllerShedsIsShed() {
        var decision = decide(Map.of(WEST, 0.3), 0.7, Optional.empty(), 0, local(0), remote(WEST, true));
        assertThat(decision.shed()).isEqualTo(0.7, within(1e-9));
        assertThat(share(decision, WEST)).isEqualTo(0.3, within(1e-9));
        assertThat(decision.pick(0.99)).contains(WEST);
    }

    private static FailoverDecision decide(
            Map<ClusterId, Double> given,
            double shed,
            Optional<FailoverDecision> previous,
            int atSecond,
            Target... targets) {
        var situation =
                new Situation(List.of(targets), false, OptionalDouble.empty(), Optional.of(new Given(given, shed)), 0);
        return Failover.decide(
                FailoverPolicy.DEFAULT,
                situation,
                previous,
                Duration.ofSeconds(atSecond).toNanos());
    }

    private static double share(FailoverDecision decision, ClusterId cluster) {
        return decision.of(cluster).orElseThrow().share();
    }

    private static Target local(int ready) {
        return new Target(EAST, new Place(true, true, true, Map.of()), Access.LOCAL, Strength.of(ready), 0);
    }

    private static Target remote(ClusterId cluster, boolean up) {
        var access = new Access(true, Freshness.FRESH, up ? PathHealth.State.UP : PathHealth.State.DOWN, 0);
        return new Target(cluster, new Place(false, false, cluster.equals(WEST), Map.of()), access, Strength.of(2), 0);
    }
}
