package io.tombolo.dataplane.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RationTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Clocks of the machine may be near their end. */
    private static final long NOW = Long.MAX_VALUE - SECOND / 2;

    private final Ration ration = new Ration(10, NOW);

    private long taken(int asked, long nowNanos) {
        return IntStream.range(0, asked).filter(i -> ration.take(nowNanos)).count();
    }

    @Test
    void soManyMayComeAtOnceAndNoMore() {
        assertThat(taken(50, NOW)).isEqualTo(10);
    }

    @Test
    void afterTheyCameOneMoreMayComeInEachPartOfASecond() {
        // Given
        taken(50, NOW);
        // When, then
        assertThat(taken(50, NOW + SECOND / 10)).isEqualTo(1);
        assertThat(taken(50, NOW + SECOND / 2)).isEqualTo(4);
    }

    @Test
    void whatWasNotTakenIsNotSavedUp() {
        assertThat(taken(50, NOW + 100 * SECOND)).isEqualTo(10);
    }
}
