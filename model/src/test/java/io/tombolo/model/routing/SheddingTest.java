package io.tombolo.model.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SheddingTest {
    private static final int SEEDS = 10_000;

    /** Three parts urgent ones, five usual ones, two that can wait. */
    private static final Urgencies MIXED = Urgencies.of(0, 3, 0, 5, 0, 0, 2, 0);

    @Test
    void whatCanWaitIsRefusedFirst() {
        assertThat(Shedding.of(0.1, Optional.of(MIXED))).isEqualTo(new Shedding.LeastUrgentFirst(6, 0.5));
        assertThat(Shedding.of(0.3, Optional.of(MIXED)).refuses(7, 0.999)).isTrue();
        assertThat(Shedding.of(0.3, Optional.of(MIXED)).refuses(6, 0.999)).isTrue();
        assertThat(Shedding.of(0.3, Optional.of(MIXED)).refuses(3, 0.19)).isTrue();
        assertThat(Shedding.of(0.3, Optional.of(MIXED)).refuses(3, 0.21)).isFalse();
        assertThat(Shedding.of(0.3, Optional.of(MIXED)).refuses(1, 0)).isFalse();
    }

    @Test
    void withoutKnowingWhatIsAskedAllHaveTheSameChance() {
        Shedding even = Shedding.of(0.3, Optional.empty());
        for (int urgency = 0; urgency < Urgencies.COUNT; urgency++) {
            assertThat(even.refuses(urgency, 0.29)).isTrue();
            assertThat(even.refuses(urgency, 0.31)).isFalse();
        }
    }

    @Test
    void nothingIsRefusedWhenThereIsRoomForAll() {
        for (int urgency = 0; urgency < Urgencies.COUNT; urgency++) {
            assertThat(Shedding.of(0, Optional.of(MIXED)).refuses(urgency, 0)).isFalse();
        }
    }

    /** The law: as much is refused as has to be, and nobody before all who are less urgent. */
    @Test
    void asMuchIsRefusedAsHasToBeAndNobodyBeforeAllWhoAreLessUrgent() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            Urgencies asked = Urgencies.of(IntStream.range(0, Urgencies.COUNT)
                    .mapToDouble(urgency -> random.nextBoolean() || urgency == 4 ? random.nextDouble() + 1e-3 : 0)
                    .toArray());
            double shed = random.nextDouble();
            var said = (Shedding.LeastUrgentFirst) Shedding.of(shed, Optional.of(asked));
            double refused = 0;
            for (int urgency = 0; urgency < Urgencies.COUNT; urgency++) {
                double part = part(said, urgency);
                refused += part * asked.part(urgency);
                if (part > 0) {
                    for (int less = urgency + 1; less < Urgencies.COUNT; less++) {
                        assertThat(part(said, less)).as("seed %s", seed).isEqualTo(1);
                    }
                }
            }
            assertThat(refused).as("seed %s", seed).isEqualTo(shed, within(1e-9));
        }
    }

    private static double part(Shedding.LeastUrgentFirst said, int urgency) {
        return said.refuses(urgency, 1 - 1e-12) ? 1 : said.refuses(urgency, 0) ? said.part() : 0;
    }

    @Test
    void smallChangesOfWhatIsMeasuredAreNone() {
        assertThat(MIXED.isLike(Urgencies.of(0, 3.1, 0, 5, 0, 0, 2, 0))).isTrue();
        assertThat(MIXED.isLike(Urgencies.of(0, 4, 0, 4, 0, 0, 2, 0))).isFalse();
    }

    @Test
    void numbersThatAreNoPartsAreNone() {
        for (List<Integer> bad : List.of(
                List.<Integer>of(),
                Collections.nCopies(8, 0),
                Collections.nCopies(9, 100),
                Collections.nCopies(8, 1_001),
                List.of(1, 1, 1, 1, 1, 1, 1, -1))) {
            assertThatThrownBy(() -> new Urgencies(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
