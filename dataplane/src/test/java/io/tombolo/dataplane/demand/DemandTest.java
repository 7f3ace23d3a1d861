package io.tombolo.dataplane.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Urgencies;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");

    private final Demand demand = new Demand(0);

    private List<Demand.Load> sampleAfter(int seconds) {
        return demand.sample(_ -> true, TimeUnit.SECONDS.toNanos(seconds));
    }

    private void called(int times, int urgency) {
        for (int i = 0; i < times; i++) {
            demand.called(CHECKOUT, urgency);
        }
    }

    @Test
    void callsAreCountedWithWhatTheyAreMadeUpOf() {
        // Given
        called(150, Urgencies.USUAL);
        called(50, 6);
        // When
        Demand.Load load = sampleAfter(2).getFirst();
        // Then
        assertThat(load.perSecond()).isEqualTo(100);
        assertThat(load.urgencies()).isEqualTo(Urgencies.of(0, 0, 0, 3, 0, 0, 1, 0));
    }

    @Test
    void aPauseHalvesWhatIsAskedForAndInTheEndItIsForgotten() {
        called(100, 0);
        assertThat(sampleAfter(1).getFirst().perSecond()).isEqualTo(100);
        assertThat(sampleAfter(2).getFirst().perSecond()).isEqualTo(50);
        int second = 3;
        while (!sampleAfter(second).isEmpty()) {
            second++;
        }
        assertThat(second).isLessThan(20);
    }
}
