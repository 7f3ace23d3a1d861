package io.tombolo.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardTest {
    private final Guard guard = new Guard(1, Duration.ofSeconds(5));

    @Test
    void itEndsADrillWhenMoreOfTheLastCallsFailedThanMay() {
        assertThat(guard.trips(at(0, 0, 0))).isFalse();
        assertThat(guard.trips(at(1, 100, 1))).isFalse();
        assertThat(guard.trips(at(2, 200, 2))).isFalse();
        // When, then
        assertThat(guard.trips(at(3, 300, 4))).isTrue();
        assertThat(guard.said()).isEqualTo("4 of 300 calls failed within 5 s (1.3 %; --stop-at 1)");
    }

    @Test
    void oneFailedCallAloneNeverDoes() {
        assertThat(guard.trips(at(0, 0, 0))).isFalse();
        assertThat(guard.trips(at(1, 2, 1))).isFalse();
        assertThat(guard.trips(at(2, 3, 2))).isTrue();
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        assertThat(guard.trips(at(0, 0, 0))).isFalse();
        assertThat(guard.trips(at(1, 10, 9))).isTrue();
        for (int second = 2; second < 6; second++) {
            assertThat(guard.trips(at(second, 10L * second, 9))).isTrue();
        }
        // When
        boolean trips = guard.trips(at(6, 60, 9));
        // Then
        assertThat(trips).isFalse();
        assertThat(guard.ended()).isEqualTo(50);
    }

    @Test
    void aLimitOfZeroIsForThoseWhoBearNone() {
        var strict = new Guard(0, Duration.ofSeconds(5));
        assertThat(strict.trips(at(0, 0, 0))).isFalse();
        assertThat(strict.trips(at(1, 1_000_000, 0))).isFalse();
        assertThat(strict.trips(at(2, 2_000_000, 2))).isTrue();
    }

    @Test
    void whatCannotBeALimitIsRefused() {
        assertThatThrownBy(() -> new Guard(101, Duration.ofSeconds(5))).hasMessageContaining("--stop-at = 101");
        assertThatThrownBy(() -> new Guard(1, Duration.ofMillis(10))).hasMessageContaining("--over");
    }

    private static Seen at(long second, long ended, long failed) {
        return new Seen(second * 1_000_000_000L, new Calls(ended, failed, Map.of()));
    }
}
