package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.tombolo.dataplane.protocol.TcpFrames;
import org.jspecify.annotations.Nullable;

/** One TCP connection of the load: a request of {@link Frame}, its answer, the next one. */
final class TcpCaller extends ChannelInboundHandlerAdapter implements Call {
    private final CallLoad load;
    private final ByteBuf request;
    private final int place;
    private final boolean tls;
    private @Nullable ChannelHandlerContext context;
    private long received;
    private long sinceNanos;
    private boolean leaving;

    TcpCaller(CallLoad load, int place, boolean tls) {
        this.load = load;
        this.request = Frame.request(load.plan().wire().answerBytes());
        this.place = place;
        this.tls = tls;
    }

    @Override
    public void send(long dueNanos) {
        if (context != null) {
            sinceNanos = dueNanos;
            context.writeAndFlush(request.duplicate(), context.voidPromise());
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
    public int place() {
        return place;
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
        if (event instanceof TcpFrames.Opened) {
            load.connected(this);
        } else if (event instanceof TcpFrames.Refused(var outcome)) {
            load.lost("refused: " + outcome.text());
        } else if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            if (TcpPeers.frameIfAgreed(ctx, ctx.pipeline().get(SslHandler.class), true) == null) {
                load.connected(this);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received += bytes.readableBytes();
        bytes.release();
        if (received >= load.plan().wire().answerBytes()) {
            received -= load.plan().wire().answerBytes();
            load.answered(this, 200, sinceNanos);
        }
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
