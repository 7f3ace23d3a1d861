package io.tombolo.dataplane.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.model.name.Alpn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a connection's first bytes: HTTP/2's preface (RFC 9113 §3.4), or else HTTP/1.1. No method of HTTP/1.1 begins like
 * the preface. On its channel's loop.
 */
public final class HttpVersionPeek extends ByteToMessageDecoder {
    private static final byte[] PREFACE = "PRI ".getBytes(StandardCharsets.US_ASCII);

    private final HttpLimits limits;
    private final Consumer<Alpn> found;
    private @Nullable Future<?> timer;
    private boolean begun;

    /** @param found puts the version's handlers at the pipeline's end; what was read follows */
    public HttpVersionPeek(HttpLimits limits, Consumer<Alpn> found) {
        this.limits = limits;
        this.found = found;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        await(ctx, limits.idleTimeout().toNanos());
    }

    private void await(ChannelHandlerContext ctx, long nanos) {
        stop();
        timer = ctx.executor().schedule(() -> ctx.close(), nanos, TimeUnit.NANOSECONDS);
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
            await(ctx, limits.headTimeout().toNanos());
        }
        int common = common(read);
        if (common == PREFACE.length || common < read.readableBytes()) {
            stop();
            found.accept(common == PREFACE.length ? Alpn.H2 : Alpn.HTTP_1_1);
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
