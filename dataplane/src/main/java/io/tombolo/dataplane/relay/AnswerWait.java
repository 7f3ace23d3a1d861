package io.tombolo.dataplane.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long one connection's requests wait for their answers, one after the other. One timer for all of them, which looks again
 * when it fires too early: most answers come long before it, and then it costs nothing. On the connection's loop only.
 */
final class AnswerWait {
    private final EventLoop loop;
    private long deadlineNanos;
    private long armedAtNanos;
    private long armedForNanos;
    private @Nullable Runnable late;
    private @Nullable ScheduledFuture<?> timer;

    AnswerWait(EventLoop loop) {
        this.loop = loop;
    }

    /** From now on an answer is waited for; {@code whenLate} runs if nobody says {@link #end} within {@code limit}. */
    void begin(Duration limit, Runnable whenLate) {
        long now = now();
        late = whenLate;
        deadlineNanos = now + limit.toNanos();
        if (timer == null || armedAtNanos + armedForNanos - deadlineNanos > 0) {
            arm(now);
        }
    }

    /** It came, or nobody waits any more. */
    void end() {
        late = null;
    }

    /** What is left of the limit for the answer that is waited for. */
    Duration left() {
        return timer == null ? Duration.ZERO : Duration.ofNanos(deadlineNanos - now());
    }

    /** Ends the timer too: the connection ends. */
    void stop() {
        late = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** The loop's own clock, which only its timers tell; begins anew with each first one. A loop that is late prolongs it. */
    private long now() {
        return timer == null ? 0 : armedAtNanos + armedForNanos - timer.getDelay(TimeUnit.NANOSECONDS);
    }

    private void arm(long now) {
        if (timer != null) {
            timer.cancel(false);
        }
        armedAtNanos = now;
        armedForNanos = deadlineNanos - now;
        timer = loop.schedule(this::look, armedForNanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long now = now();
        Runnable then = late;
        if (then != null && deadlineNanos - now > 0) {
            arm(now);
            return;
        }
        timer = null;
        late = null;
        if (then != null) {
            then.run();
        }
    }
}
