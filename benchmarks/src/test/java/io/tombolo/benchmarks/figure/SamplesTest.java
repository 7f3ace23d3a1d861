package io.tombolo.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void percentilesAreValuesThatWereMeasured() {
        // Given
        var hundred = Samples.of(IntStream.rangeClosed(1, 100).boxed().toList());
        // Then
        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(hundred.percentile(0.1)).isEqualTo(1);
    }

    @Test
    void theOrderOfMeasuringDoesNotMatter() {
        // Given
        var three = Samples.of(List.of(30.0, 10.0, 20.0));
        // Then
        assertThat(three.median()).isEqualTo(20);
        assertThat(three.least()).isEqualTo(10);
        assertThat(three.most()).isEqualTo(30);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Samples.of(List.of(1, 2, 3, 10)).median()).isEqualTo(2.5);
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.of(List.of()));
    }
}
