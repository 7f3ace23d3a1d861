package io.tombolo.controller.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {
    @Test
    void aPartThatFailsKeepsNoOtherFromEnding() {
        // Given
        var ended = new ArrayList<String>();
        // When
        Ending.inOrder(
                () -> ended.add("sidecars"),
                () -> {
                    throw new IllegalStateException("a file is gone");
                },
                () -> ended.add("lease"));
        // Then
        assertThat(ended).isEqualTo(List.of("sidecars", "lease"));
    }
}
