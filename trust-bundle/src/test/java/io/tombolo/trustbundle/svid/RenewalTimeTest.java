package io.tombolo.trustbundle.svid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RenewalTimeTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant END = BEGIN.plus(Duration.ofHours(100));

    @Test
    void everySeedGivesATimeWithinTenPercentOfHalf() {
        LongStream.range(0, 10_000)
                .mapToObj(seed -> RenewalTime.of(BEGIN, END, seed))
                .forEach(time ->
                        assertThat(time).isBetween(BEGIN.plus(Duration.ofHours(45)), BEGIN.plus(Duration.ofHours(55))));
    }

    @Test
    void timesAreSpreadOverTheWholeRange() {
        long early = LongStream.range(0, 10_000)
                .filter(seed -> RenewalTime.of(BEGIN, END, seed).isBefore(BEGIN.plus(Duration.ofHours(46))))
                .count();
        assertThat(early).isBetween(800L, 1_200L);
    }

    @Test
    void sameSeedGivesTheSameTime() {
        assertThat(RenewalTime.of(BEGIN, END, 7)).isEqualTo(RenewalTime.of(BEGIN, END, 7));
    }

    @Test
    void lifeThatIsOverIsRenewedAtItsBeginning() {
        assertThat(RenewalTime.of(BEGIN, BEGIN.minusSeconds(1), 7)).isEqualTo(BEGIN);
    }
}
