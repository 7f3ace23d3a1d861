package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/** One connection that waits for at most one answer. */
final class CallHandler extends ChannelInboundHandlerAdapter implements Call {
    private final Load load;
    private final ByteBuf request;
    private final int answerBytes;
    private long received;
    private long dueNanos;
    private @Nullable ChannelHandlerContext context;

    CallHandler(Load load, ByteBuf request, int answerBytes) {
        this.load = load;
        this.request = request;
        this.answerBytes = answerBytes;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            context = ctx;
            load.connected(this);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void send(long due) {
        dueNanos = due;
        if (context != null) {
            context.writeAndFlush(request.duplicate(), context.voidPromise());
        }
    }

    @Override
    public void leave() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public int place() {
        return 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received += bytes.readableBytes();
        bytes.release();
        if (received >= answerBytes) {
            received -= answerBytes;
            load.answered(this, dueNanos);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        load.lost("closed by the other side");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        load.lost(String.valueOf(cause.getMessage()));
        ctx.close();
    }
}
