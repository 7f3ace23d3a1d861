package io.tombolo.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static final long AT = Duration.ofSeconds(100).toNanos();

    private static Load.Answer answer(double due, String by, double took) {
        return new Load.Answer(AT + (long) (due * 1e9), by, by.isEmpty() ? "503" : "", (long) (took * 1e9));
    }

    private static Curve curve(Load.Answer... answers) {
        return Curve.of(new Load.Report(answers.length, Map.of(), List.of(), 0, List.of(answers)), AT);
    }

    @Test
    void whatWaitedCountsWhereItWasDueAndMovesWhenItIsAnswered() {
        // Given
        Curve curve = curve(
                answer(-0.5, "west 1", 0.01),
                answer(-0.1, "south 1", 2.4),
                answer(0.5, "south 1", 2.0),
                answer(1.5, "", 0.1),
                answer(2.6, "south 1", 0.01));
        // When, then
        assertThat(curve.timeToMove("south")).isEqualTo(Duration.ofMillis(2_300));
        assertThat(curve.slowestBefore()).isEqualTo(Duration.ofMillis(10));
        assertThat(curve.timeToSettle("south", Duration.ofMillis(500))).isEqualTo(Duration.ofMillis(1_500));
        assertThat(curve.share("west", -1, 0)).isEqualTo(0.5);
        assertThat(curve.shareBefore("west")).isEqualTo(1.0);
        assertThat(curve.share("south", 1, 3)).isEqualTo(0.5);
        assertThat(curve.failed()).containsExactly("503");
        assertThat(curve.table("a test")).contains("   1 s {}  failed 1", "   2 s {south=1}  failed 0");
    }

    @Test
    void whoNeverAnsweredHasNotTakenOver() {
        assertThat(curve(answer(1, "west 1", 0.01)).timeToMove("south")).isGreaterThan(Duration.ofHours(1));
    }
}
