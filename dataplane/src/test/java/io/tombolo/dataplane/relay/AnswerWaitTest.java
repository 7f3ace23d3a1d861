package io.tombolo.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On a loop whose time stands still until a test moves it. */
class AnswerWaitTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AnswerWait wait;
    private final List<String> late = new ArrayList<>();

    AnswerWaitTest() {
        channel.freezeTime();
        wait = new AnswerWait(channel.eventLoop());
    }

    private void passes(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void eachAnswerHasALimitOfItsOwnThoughOneTimerServesAll() {
        // Given
        wait.begin(Duration.ofSeconds(10), () -> late.add("first"));
        passes(Duration.ofSeconds(9));
        wait.end();
        wait.begin(Duration.ofSeconds(10), () -> late.add("second"));
        // When
        passes(Duration.ofSeconds(1)); // the timer looks, and waits on
        passes(Duration.ofMillis(8_999));
        // Then
        assertThat(late).isEmpty();
        assertThat(wait.left()).isEqualTo(Duration.ofMillis(1));
        // When
        passes(Duration.ofMillis(1));
        // Then
        assertThat(late).containsExactly("second");
    }

    @Test
    void aShorterLimitIsNotHeldUpByALongerOneBeforeIt() {
        // Given
        wait.begin(Duration.ofMinutes(5), () -> late.add("first"));
        wait.end();
        wait.begin(Duration.ofMillis(20), () -> late.add("second"));
        // When
        passes(Duration.ofMillis(20));
        // Then
        assertThat(late).containsExactly("second");
    }

    @Test
    void anAnswerThatCameIsNeverLate() {
        // Given
        wait.begin(Duration.ofSeconds(1), () -> late.add("first"));
        wait.end();
        // When
        passes(Duration.ofMinutes(1));
        // Then
        assertThat(late).isEmpty();
        // When
        wait.begin(Duration.ofSeconds(1), () -> late.add("second"));
        passes(Duration.ofSeconds(1));
        // Then
        assertThat(late).containsExactly("second");
    }

    @Test
    void nothingIsLeftOnTheLoopWhenTheConnectionEnds() {
        // Given
        wait.begin(Duration.ofSeconds(1), () -> late.add("first"));
        // When
        wait.stop();
        // Then
        assertThat(channel.hasPendingTasks()).isFalse();
        passes(Duration.ofSeconds(2));
        assertThat(late).isEmpty();
    }
}
