package io.tombolo.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Look BEFORE = look(0, 0.5, "USABLE", 2);

    private final Timeline timeline = new Timeline("west", BEFORE, 0.5);
    private long ended;
    private long west;
    private long failed;

    @Test
    void aDeathIsToldFromTheFirstNoticeToTheReturn() {
        // Given
        second(0, 50, 50, 0);
        timeline.begins(0);
        // When
        second(1, 60, 40, 5);
        timeline.saw(look(1, 0.5, "USABLE", 1));
        second(2, 80, 20, 1);
        timeline.saw(look(2, 0, "NO_INSTANCE", 0));
        second(3, 100, 0, 0);
        timeline.ends(3 * SECOND);
        second(13, 90, 10, 0);
        for (int second = 14; second < 20; second++) {
            second(second, 50, 50, 0);
        }
        // Then
        assertThat(timeline.detection()).isEqualTo(at(1));
        assertThat(timeline.decision()).isEqualTo(at(2));
        assertThat(timeline.propagation()).isEqualTo(at(2));
        assertThat(timeline.lastFailure()).isEqualTo(at(2));
        assertThat(timeline.end()).isEqualTo(at(3));
        assertThat(timeline.firstAnswerAgain()).isEqualTo(at(13));
        assertThat(timeline.fullReturn()).isEqualTo(at(15));
        assertThat(timeline.sinceBegin().failed()).isEqualTo(6);
        assertThat(timeline.isBack()).isTrue();
    }

    @Test
    void anOrderIsToldAndNotFoundOut() {
        timeline.begins(0);
        timeline.isTold(SECOND / 10);
        timeline.saw(look(2, 0, "DRILLED", 2));
        assertThat(timeline.detection()).hasValue(SECOND / 10);
        assertThat(timeline.decision()).isEqualTo(at(2));
        assertThat(timeline.propagation()).isEqualTo(at(0));
        assertThat(timeline.lastFailure()).isEmpty();
    }

    @Test
    void whatNobodyTellsIsNotKnown() {
        // Given calls of which nobody says who answered
        var blind = new Timeline("west", BEFORE, 0);
        blind.saw(new Seen(0, new Calls(0, 0, Map.of())));
        blind.begins(0);
        blind.saw(new Seen(SECOND, new Calls(100, 0, Map.of())));
        blind.saw(look(1, 0, "DRILLED", 2));
        blind.ends(2 * SECOND);
        // When
        blind.saw(look(40, 0.5, "USABLE", 2));
        // Then it is the controller's word that counts
        assertThat(blind.propagation()).isEmpty();
        assertThat(blind.firstAnswerAgain()).isEmpty();
        assertThat(blind.fullReturn()).isEqualTo(at(40));
    }

    @Test
    void oneAnswerAloneIsNoReturn() {
        timeline.begins(0);
        second(0, 100, 0, 0);
        timeline.ends(SECOND);
        second(2, 0, 0, 0);
        second(3, 0, 1, 0);
        assertThat(timeline.firstAnswerAgain()).isEqualTo(at(3));
        assertThat(timeline.isBack()).isFalse();
    }

    @Test
    void aClusterWithoutAPartMovesNothing() {
        var idle = new Timeline("west", look(0, 0, "USABLE", 2), 0);
        idle.begins(0);
        idle.saw(look(1, 0, "DRILLED", 2));
        assertThat(idle.decision()).isEmpty();
        assertThat(idle.detection()).isEmpty();
    }

    private static OptionalLong at(long second) {
        return OptionalLong.of(second * SECOND);
    }

    /** What ended in the second before: by others, by west, and without a good answer. */
    private void second(long at, long others, long byWest, long withoutAnswer) {
        ended += others + byWest + withoutAnswer;
        west += byWest;
        failed += withoutAnswer;
        timeline.saw(
                new Seen(at * SECOND, new Calls(ended, failed, Map.of("west", west, "east", ended - failed - west))));
    }

    private static Look look(long second, double share, String standing, int ready) {
        try {
            return Look.of(
                    second * SECOND,
                    new ObjectMapper().readTree("""
                            [{"service": "shop/checkout", "clusters": [
                              {"cluster": "east", "share": %s, "standing": "USABLE", "ready": 2},
                              {"cluster": "west", "share": %s, "standing": "%s", "ready": %d}]}]
                            """.formatted(1 - share, share, standing, ready)),
                    "west");
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
