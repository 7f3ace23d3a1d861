package io.tombolo.dataplane.http1;

import io.netty.channel.ChannelHandlerContext;
import io.tombolo.dataplane.flow.ReadGate;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One timer for all that a connection may keep us waiting for; re-armed lazily, so that progress costs one clock read. */
final class Patience {
    /** What is waited for. */
    enum For {
        NOTHING,
        /** The first byte of a request. */
        REQUEST,
        /** The rest of a head. */
        HEAD,
        /** More of a body that is wanted. */
        BODY
    }

    private final HttpLimits limits;
    private For awaited = For.NOTHING;
    private long deadlineNanos;
    private long firesAtNanos;
    private @Nullable Future<?> timer;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Consumer<For> onEnd;

    Patience(HttpLimits limits) {
        this.limits = limits;
    }

    void start(ChannelHandlerContext context, Consumer<For> whenOver) {
        ctx = context;
        onEnd = whenOver;
    }

    void stop() {
        awaited = For.NOTHING;
        ctx = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** From now on {@code next} is waited for; nothing changes if it was before. */
    void await(For next) {
        if (next != awaited) {
            awaited = next;
            prolong();
            arm();
        }
    }

    /** Bytes came. A head has one limit for all of it, so only bodies profit. */
    void progress() {
        if (awaited == For.BODY) {
            prolong();
        }
    }

    private void prolong() {
        if (awaited != For.NOTHING) {
            deadlineNanos = System.nanoTime() + limit().toNanos();
        }
    }

    private Duration limit() {
        return switch (awaited) {
            case NOTHING, REQUEST -> limits.idleTimeout();
            case HEAD -> limits.headTimeout();
            case BODY -> limits.bodyTimeout();
        };
    }

    /** A timer that fires too early looks again, so only one that would fire too late is replaced. */
    private void arm() {
        boolean early = timer != null && firesAtNanos - deadlineNanos <= 0;
        if (ctx != null && awaited != For.NOTHING && !early) {
            schedule(ctx);
        }
    }

    private void schedule(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
        firesAtNanos = deadlineNanos;
        timer = context.executor()
                .schedule(this::look, Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void look() {
        timer = null;
        ChannelHandlerContext context = ctx;
        if (context == null || awaited == For.NOTHING) {
            return;
        }
        if (awaited == For.BODY && !ReadGate.of(context.channel()).isOpen()) {
            prolong();
        }
        if (deadlineNanos - System.nanoTime() > 0) {
            schedule(context);
        } else if (onEnd != null) {
            For over = awaited;
            awaited = For.NOTHING;
            onEnd.accept(over);
        }
    }
}
