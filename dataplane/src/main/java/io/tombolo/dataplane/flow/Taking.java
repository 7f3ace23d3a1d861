package io.tombolo.dataplane.flow;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long bytes wait for another side that takes hardly any. A channel that carries much is full many times a second: its one timer
 * is left to run, and looks again when it fires too early. On the channel's loop.
 */
public final class Taking {
    private final Channel channel;
    private final long limitNanos;
    private final Runnable notTaken;
    private long fullSinceNanos;
    private boolean full;
    private @Nullable Future<?> timer;

    /** @param notTaken runs when the limit is over */
    public Taking(Channel channel, Duration limit, Runnable notTaken) {
        this.channel = channel;
        this.limitNanos = limit.toNanos();
        this.notTaken = notTaken;
    }

    /** The channel is full now, or no longer. */
    public void look() {
        boolean now = !channel.isWritable() && channel.isActive();
        if (now && !full) {
            fullSinceNanos = System.nanoTime();
        }
        full = now;
        if (full && timer == null) {
            timer = in(limitNanos);
        }
    }

    private Future<?> in(long nanos) {
        return channel.eventLoop().schedule(this::fired, nanos, TimeUnit.NANOSECONDS);
    }

    private void fired() {
        timer = null;
        long left = limitNanos - (System.nanoTime() - fullSinceNanos);
        if (full && left > 0) {
            timer = in(left);
        } else if (full) {
            notTaken.run();
        }
    }

    /** There is nothing more to wait for. */
    public void stop() {
        full = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** The channel closes with its last byte; this is how long that may take. */
    public void ending() {
        var end = channel.eventLoop().schedule(() -> channel.close(), limitNanos, TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }
}
