package io.tombolo.dataplane.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.wire.codec.FeedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewsClockTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final NewsClock clock = new NewsClock(0);

    @Test
    void itIsAsOldAsTheControllerSaysAndOlderByTheMonotonicClockAlone() {
        // When
        clock.take(said(NOON.minusSeconds(7_200)), NOON, 0);
        // Then
        assertThat(clock.age(0)).isEqualTo(Duration.ofHours(2));
        clock.take(said(NOON.minusSeconds(7_200)), NOON.minusSeconds(86_400), 3 * HOUR);
        assertThat(clock.age(3 * HOUR)).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void blindAfterTheWholeTimeAndWarnedFromHalfOfIt() {
        clock.take(said(NOON), NOON, 0);
        assertThat(clock.isWarned(5 * HOUR - 1)).isFalse();
        assertThat(clock.isWarned(5 * HOUR)).isTrue();
        assertThat(clock.isBlind(10 * HOUR)).isFalse();
        assertThat(clock.isBlind(10 * HOUR + 1)).isTrue();
    }

    @Test
    void newerNewsOpensAndOlderNewsChangesNothing() {
        // Given
        clock.take(said(NOON), NOON, 0);
        // When
        clock.take(said(NOON.plusSeconds(36_000)), NOON.plusSeconds(39_600), 11 * HOUR);
        clock.take(said(NOON), NOON.plusSeconds(39_600), 11 * HOUR);
        // Then
        assertThat(clock.age(11 * HOUR)).isEqualTo(Duration.ofHours(1));
        assertThat(clock.isBlind(11 * HOUR)).isFalse();
    }

    @Test
    void newsOfTheFutureIsOfNow() {
        clock.take(said(NOON.plusSeconds(60)), NOON, 7);
        assertThat(clock.age(7)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aControllerThatSaysNothingIsNewsForADay() {
        clock.take(Optional.empty(), NOON, HOUR);
        assertThat(clock.isBlind(25 * HOUR)).isFalse();
        assertThat(clock.isBlind(25 * HOUR + 1)).isTrue();
    }

    private static Optional<FeedEntry.News> said(Instant newsAt) {
        return Optional.of(new FeedEntry.News(newsAt, Duration.ofHours(10)));
    }
}
