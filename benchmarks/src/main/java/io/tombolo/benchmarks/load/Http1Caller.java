package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/** One connection of the load; at most one request waits on it. */
final class Http1Caller extends ChannelInboundHandlerAdapter implements Call {
    private final CallLoad load;
    private final int place;
    private final boolean tls;
    private final MessageEnd answers = new MessageEnd();
    private @Nullable ChannelHandlerContext context;
    private long sinceNanos;
    private boolean leaving;

    Http1Caller(CallLoad load, int place, boolean tls) {
        this.load = load;
        this.place = place;
        this.tls = tls;
    }

    @Override
    public int place() {
        return place;
    }

    @Override
    public void send(long dueNanos) {
        if (context != null) {
            sinceNanos = dueNanos;
            context.writeAndFlush(load.request(), context.voidPromise());
        }
    }

    @Override
    public void leave() {
        leaving = true;
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (!tls) {
            load.connected(this);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            load.connected(this);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        while (answers.next(bytes)) {
            load.answered(this, answers.status(), sinceNanos);
        }
        bytes.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!leaving) {
            load.lost("closed by the other side");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!leaving) {
            load.lost(String.valueOf(cause.getMessage()));
        }
        ctx.close();
    }
}
