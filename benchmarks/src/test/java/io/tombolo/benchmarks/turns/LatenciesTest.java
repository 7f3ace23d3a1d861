package io.tombolo.benchmarks.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.benchmarks.figure.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void whatAProxyAddsIsFormedWithinARoundAndTheMedianRoundIsShown() {
        // Given
        var latencies = new Latencies("the way");
        for (double base : List.of(1_000.0, 2_000.0, 9_000.0)) {
            latencies.add("direct", Samples.of(List.of(base)));
            latencies.add("Tombolo", Samples.of(List.of(base + 500)));
        }
        // Then
        assertThat(latencies.table("direct")).isEqualTo("""
                | the way, ms |  p50 |  p99 | p99.9 | p50 added | p99 added | p99.9 added |
                |:------------|-----:|-----:|------:|----------:|----------:|------------:|
                | direct      | 2.00 | 2.00 |  2.00 |      0.00 |      0.00 |        0.00 |
                | Tombolo     | 2.50 | 2.50 |  2.50 |      0.50 |      0.50 |        0.50 |
                """);
    }

    @Test
    void withoutABaseNothingIsSubtracted() {
        // Given
        var latencies = new Latencies("out");
        latencies.add("Tombolo", Samples.of(List.of(500)));
        // Then
        assertThat(latencies.table("")).isEqualTo("""
                | out, ms |  p50 |  p99 | p99.9 |
                |:--------|-----:|-----:|------:|
                | Tombolo | 0.50 | 0.50 |  0.50 |
                """);
    }
}
