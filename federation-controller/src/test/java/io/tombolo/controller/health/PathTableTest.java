package io.tombolo.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PathTableTest {
    private static final InstanceId GATEWAY = InstanceId.of(1);
    private static final List<PathHealth> UP =
            List.of(new PathHealth(new ClusterId("west"), InstanceId.of(2), 400, PathHealth.State.UP));

    private final PathTable paths = new PathTable();

    @Test
    void whatAGatewayToldHasAnAgeUntilItIsGone() {
        // Given
        assertThat(paths.age(GATEWAY)).isEmpty();
        // When
        paths.report(GATEWAY, UP);
        // Then
        assertThat(paths.age(GATEWAY)).hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofMinutes(1)));
        // When
        paths.gone(GATEWAY);
        // Then
        assertThat(paths.age(GATEWAY)).isEmpty();
    }

    @Test
    void theSameToldAgainIsYoungerAndNoChange() {
        // Given
        var changes = new AtomicInteger();
        paths.addListener(changes::incrementAndGet);
        paths.report(GATEWAY, UP);
        long began = System.nanoTime();
        // When
        paths.report(GATEWAY, UP);
        // Then
        assertThat(paths.age(GATEWAY).orElseThrow().toNanos()).isLessThanOrEqualTo(System.nanoTime() - began);
        assertThat(changes).hasValue(1);
    }
}
