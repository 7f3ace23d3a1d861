package io.tombolo.controller.failover;

import static io.tombolo.controller.failover.KnownFederation.NOON;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownTargetsTest {
    private static final int DRAWN = 500;
    private static final ClusterId NORTH = new ClusterId("north");

    private final KnownFederation federation = new KnownFederation();
    private final Random random = new Random(7);

    @Test
    void howAClusterIsReachedIsWhatItsOwnPathsSayInWhateverOrderTheyCome() {
        List<Source> sources = Stream.of(EAST, WEST, SOUTH, NORTH)
                .map(cluster -> federation.source(cluster, "eu"))
                .toList();
        for (int i = 0; i < DRAWN; i++) {
            // Given
            List<PathHealth> measured = paths();
            // When
            List<Target> targets = federation.targets(measured).of(sources);
            // Then
            for (Target target : targets) {
                if (!target.local()) {
                    assertThat(target.access().path())
                            .as("%s by %s", target.cluster(), measured)
                            .isEqualTo(state(target.cluster(), measured));
                    assertThat(target.access().rttMicros()).isEqualTo(rtt(target.cluster(), measured));
                }
            }
        }
    }

    @Test
    void ofTwoOrdersForOneClusterTheStrongerCounts() {
        federation.orders = List.of(
                new EvacuationOrder(WEST, 30, Duration.ZERO, NOON), new EvacuationOrder(WEST, 70, Duration.ZERO, NOON));
        var targets = federation
                .targets(List.of())
                .of(List.of(federation.source(WEST, "eu"), federation.source(SOUTH, "us")));
        assertThat(targets).extracting(Target::evacuated).containsExactly(0.7, 0.0);
    }

    private List<PathHealth> paths() {
        var paths = new ArrayList<PathHealth>();
        var clusters = List.of(WEST, SOUTH, NORTH);
        for (int i = random.nextInt(7); i > 0; i--) {
            paths.add(new PathHealth(
                    clusters.get(random.nextInt(3)),
                    InstanceId.of(i),
                    random.nextInt(5_000),
                    PathHealth.State.values()[random.nextInt(3)]));
        }
        return paths;
    }

    /** Up if any is; down if all are that there are. */
    private static PathHealth.State state(ClusterId cluster, List<PathHealth> measured) {
        var states = measured.stream()
                .filter(path -> path.cluster().equals(cluster))
                .map(PathHealth::state)
                .toList();
        if (states.contains(PathHealth.State.UP)) {
            return PathHealth.State.UP;
        }
        boolean allDown = !states.isEmpty() && states.stream().allMatch(PathHealth.State.DOWN::equals);
        return allDown ? PathHealth.State.DOWN : PathHealth.State.UNKNOWN;
    }

    /** Of the shortest that is up. */
    private static int rtt(ClusterId cluster, List<PathHealth> measured) {
        return measured.stream()
                .filter(path -> path.cluster().equals(cluster) && path.state() == PathHealth.State.UP)
                .mapToInt(PathHealth::rttMicros)
                .min()
                .orElse(0);
    }
}
