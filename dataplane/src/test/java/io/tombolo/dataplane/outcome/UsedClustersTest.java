package io.tombolo.dataplane.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UsedClustersTest {
    private static final ClusterId SOUTH = new ClusterId("south");
    private static final ClusterId WEST = new ClusterId("west");

    private final UsedClusters used = new UsedClusters();

    private static long at(Duration time) {
        return time.toNanos();
    }

    @Test
    void aClusterIsInUseForFiveMinutesAfterItsLastRequest() {
        // Given
        used.used(WEST, at(Duration.ZERO));
        used.used(SOUTH, at(Duration.ofMinutes(2)));
        used.used(WEST, at(Duration.ofMinutes(3)));
        // Then
        assertThat(used.now(at(Duration.ofMinutes(7)))).containsExactly(SOUTH, WEST);
        assertThat(used.now(at(Duration.ofMinutes(8)))).containsExactly(WEST);
        assertThat(used.now(at(Duration.ofMinutes(9)))).isEmpty();
    }

    @Test
    void noMoreAreRememberedThanThereIsRoomFor() {
        // When
        for (int i = 0; i < 2 * UsedClusters.MAX_CLUSTERS; i++) {
            used.used(new ClusterId("c" + i), 0);
        }
        // Then
        assertThat(used.now(0)).hasSize(UsedClusters.MAX_CLUSTERS);
    }
}
