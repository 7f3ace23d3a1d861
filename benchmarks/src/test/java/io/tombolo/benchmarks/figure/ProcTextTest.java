package io.tombolo.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcTextTest {
    @Test
    void cpuTimeIsUserAndSystemTimeWhateverTheProcessIsCalled() {
        // Given
        String stat = "42 (a b) c) S 1 42 42 0 -1 4194304 9 0 0 0 1200 34 7 8 20 0 5 0 100 1 2 3\n";
        // Then
        assertThat(ProcText.cpuTicks(stat)).isEqualTo(1_234);
    }

    @Test
    void memoryIsTheSumOfTheNamedLines() {
        // Given
        var rollup = List.of(
                "55d0-7ffe ---p 00000000 00:00 0 [rollup]",
                "Rss:               78336 kB",
                "Pss:               60000 kB",
                "Pss_Anon:          50000 kB",
                "Private_Clean:      4096 kB",
                "Private_Dirty:     45056 kB");
        // Then
        assertThat(ProcText.kibibytes(rollup, "Rss")).isEqualTo(78_336);
        assertThat(ProcText.kibibytes(rollup, "Pss")).isEqualTo(60_000);
        assertThat(ProcText.kibibytes(rollup, "Private_Clean", "Private_Dirty")).isEqualTo(49_152);
    }
}
