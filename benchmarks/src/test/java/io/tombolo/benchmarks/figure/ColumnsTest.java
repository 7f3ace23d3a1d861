package io.tombolo.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void columnsAreAsWideAsWhatTheyHold() {
        // Given
        var table = new Columns("proxy", "µs").row("Envoy", "13.9").row("a long name", "7");
        // Then
        assertThat(table).hasToString("""
                | proxy       |   µs |
                |:------------|-----:|
                | Envoy       | 13.9 |
                | a long name |    7 |
                """);
    }

    @Test
    void aRowWithoutACellIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Columns("a", "b").row("1"));
    }
}
