package io.tombolo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MoveTest {
    @Test
    void itCountsFromTheEventToTheFirstAnswerFromTheOtherSide() {
        // Given
        long event = 1_000_000;
        var samples = List.of(
                new Sample(event - 5_000, 9_000, 200, "west", "west-1"),
                new Sample(event + 1_000, 2_000, 200, "east", "east-1"),
                new Sample(event + 20_000, 300_000, 0, "-", "-"),
                new Sample(event + 40_000, 60_000, 200, "west", "west-1"),
                new Sample(event + 60_000, 1_000, 200, "west", "west-2"));
        // When
        Move move = Move.of("kill", "east", "west", event, samples);
        // Then
        assertThat(move).isEqualTo(new Move("kill", "east", "west", 5, 1, 61, 300));
    }

    @Test
    void aLineOfTheClientIsReadAndAnythingElseIgnored() {
        assertThat(Sample.parse("17 42 200 east east-1")).contains(new Sample(17, 42, 200, "east", "east-1"));
        assertThat(Sample.parse("something else")).isEmpty();
        assertThat(Sample.parse("a b c d e")).isEmpty();
    }
}
