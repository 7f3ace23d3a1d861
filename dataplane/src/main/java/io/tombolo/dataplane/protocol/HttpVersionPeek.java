package io.tombolo.dataplane.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.model.name.Alpn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a connection's first bytes: HTTP/2's preface (RFC 9113 §3.4), or else HTTP/1.1. No method of HTTP/1.1 begins like
 * the preface. On its channel's loop.
 */
public final class HttpVersionPeek extends ByteToMessageDecoder {
    private static final byte[] PREFACE = "PRI ".getBytes(StandardCharsets.US_ASCII);

    /** What came of it. On the channel's loop. */
    public interface Watch {
        /** Puts the version's handlers at the pipeline's end; what was read follows. */
        void found(Alpn version);

        /** Nothing came for the idle timeout; the connection is being closed. */
        void idled();

        /** Too little came for a head's; the connection is being closed. */
        void tooSlow();
    }

    private final HttpLimits limits;
    private final Watch watch;
    private @Nullable Future<?> timer;
    private boolean begun;

    public HttpVersionPeek(HttpLimits limits, Watch watch) {
        this.limits = limits;
        this.watch = watch;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        await(ctx, limits.idleTimeout(), watch::idled);
    }

    private void await(ChannelHandlerContext ctx, Duration limit, Runnable over) {
        stop();
        timer = ctx.executor()
                .schedule(
                        () -> {
                            over.run();
                            ctx.close();
                        },
                        limit.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf read, List<Object> out) {
        if (!begun && read.isReadable()) {
            begun = true;
            await(ctx, limits.headTimeout(), watch::tooSlow);
        }
        int common = common(read);
        if (common == PREFACE.length || common < read.readableBytes()) {
            stop();
            watch.found(common == PREFACE.length ? Alpn.H2 : Alpn.HTTP_1_1);
            ctx.pipeline().remove(this);
        }
    }

    private static int common(ByteBuf read) {
        int most = Math.min(read.readableBytes(), PREFACE.length);
        for (int i = 0; i < most; i++) {
            if (read.getByte(read.readerIndex() + i) != PREFACE[i]) {
                return i;
            }
        }
        return most;
    }

    /** Whoever ends its half before it said anything wants nothing. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        stop();
    }
}
