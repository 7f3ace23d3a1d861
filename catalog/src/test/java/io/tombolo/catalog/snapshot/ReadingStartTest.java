package io.tombolo.catalog.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.snapshot.ReadingStart.Again;
import io.tombolo.catalog.snapshot.ReadingStart.GoOn;
import io.tombolo.catalog.snapshot.ReadingStart.Why;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingStartTest {
    private static final TopicFound FOUND = new TopicFound("now", 2, 50);

    @Test
    void aTopicThatWasNeverReadIsReadFromItsBeginning() {
        assertThat(ReadingStart.of(Optional.empty(), FOUND, false)).isEqualTo(new GoOn(2));
    }

    @Test
    void readingGoesOnWhereItEndedInTheSameTopic() {
        assertThat(start("now", 50, false)).isEqualTo(new GoOn(50));
        assertThat(start("now", 2, false)).isEqualTo(new GoOn(2));
    }

    @Test
    void aTopicMadeAnewIsNotReadAlreadyHoweverFarTheOldOneWasRead() {
        assertThat(start("then", 50, false)).isEqualTo(new Again(2, Why.MADE_ANEW));
        assertThat(start("then", 7, false)).isEqualTo(new Again(2, Why.MADE_ANEW));
    }

    @Test
    void anOffsetThatIsNotThereIsReadAgainFromTheBeginning() {
        assertThat(start("now", 51, false)).isEqualTo(new Again(2, Why.OFFSET_GONE));
        assertThat(start("now", 1, false)).isEqualTo(new Again(2, Why.OFFSET_GONE));
    }

    /** Snapshots of before ids were kept. */
    @Test
    void anOffsetOfATopicWithoutAnIdCountsForNothing() {
        assertThat(start("", 7, false)).isEqualTo(new Again(2, Why.UNKNOWN_TOPIC));
    }

    @Test
    void anOldSnapshotsOffsetCountsForNothing() {
        assertThat(start("now", 7, true)).isEqualTo(new Again(2, Why.OLD_SNAPSHOT));
    }

    private static ReadingStart start(String id, long next, boolean outdated) {
        return ReadingStart.of(Optional.of(new TopicPosition("t", id, next)), FOUND, outdated);
    }
}
