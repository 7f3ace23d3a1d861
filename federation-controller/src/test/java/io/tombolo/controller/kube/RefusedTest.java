package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedTest {
    private final Refused<String> refused = new Refused<>(Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Looks each second. @return the seconds of the first hour at which it is asked for */
    private List<Long> askedAt() {
        var asked = new ArrayList<Long>();
        for (long second = 0; second < Duration.ofHours(1).toSeconds(); second++) {
            long now = Duration.ofSeconds(second).toNanos();
            if (!refused.waits("it", now)) {
                asked.add(second);
                refused.again("it", now);
            }
        }
        return asked;
    }

    @Test
    void whatIsRefusedIsAskedForAfterHalfAMinuteThenLaterAndEveryFiveMinutesInTheEnd() {
        assertThat(askedAt()).startsWith(0L, 30L, 90L, 210L, 450L, 750L, 1_050L).hasSize(15);
    }

    @Test
    void whatWasDoneOrIsNotWantedAnyMoreWaitsNoMore() {
        // Given
        refused.again("done", 0);
        refused.again("gone", 0);
        // When
        refused.over("done");
        refused.keepOnly(List.of("done"));
        // Then
        assertThat(refused.waits("done", 0)).isFalse();
        assertThat(refused.has("gone")).isFalse();
    }

    /** A timeout says nothing of what was asked for; a quota, or a name that is taken, does. */
    @ParameterizedTest
    @CsvSource({
        "0, UNREACHABLE",
        "503, UNREACHABLE",
        "504, UNREACHABLE",
        "429, UNREACHABLE",
        "403, REFUSED",
        "422, REFUSED",
        "500, REFUSED",
        "404, OVERTAKEN",
        "409, OVERTAKEN"
    })
    void itIsToldApartWhetherTheApiServerRefusedOrCouldNotBeAsked(int code, Answer answer) {
        assertThat(Answer.of(new KubernetesClientException("no", code, null))).isEqualTo(answer);
    }
}
