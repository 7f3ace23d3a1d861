package io.tombolo.dataplane.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits once. On one loop. */
final class AnswerTimer {
    private @Nullable ScheduledFuture<?> timer;

    /** Begins to wait; nothing if it does already. */
    void start(EventLoop loop, Duration limit, Runnable over) {
        if (timer == null) {
            timer = loop.schedule(over, limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Waits no longer; may begin anew. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
