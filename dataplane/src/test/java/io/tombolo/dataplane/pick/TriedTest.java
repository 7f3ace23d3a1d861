package io.tombolo.dataplane.pick;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import org.junit.jupiter.api.Test;

class TriedTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final ClusterId SOUTH = new ClusterId("south");

    private static PathKey gateway(ClusterId cluster, int number) {
        return new PathKey(cluster, InstanceId.of(number));
    }

    @Test
    void afterTwoWaysIntoAClusterFailedOtherClustersComeBeforeItsThird() {
        // Given
        var tried = new Tried();
        tried.path(gateway(WEST, 1));
        // When, then
        assertThat(tried.avoids(gateway(WEST, 3), Again.NOTHING)).isFalse();
        // When
        tried.path(gateway(WEST, 2));
        // Then
        assertThat(tried.avoids(gateway(WEST, 3), Again.NOTHING)).isTrue();
        assertThat(tried.avoids(gateway(SOUTH, 1), Again.NOTHING)).isFalse();
    }

    @Test
    void whenNoOtherClusterCanAnswerItsThirdWayIsTriedAndNotThoseThatFailed() {
        // Given
        var tried = new Tried();
        tried.path(gateway(WEST, 1));
        tried.path(gateway(WEST, 2));
        // When, then
        assertThat(tried.avoids(gateway(WEST, 3), Again.ENDPOINTS)).isFalse();
        assertThat(tried.avoids(gateway(WEST, 1), Again.ENDPOINTS)).isTrue();
    }
}
