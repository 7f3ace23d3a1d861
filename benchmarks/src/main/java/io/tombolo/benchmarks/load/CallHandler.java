package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** One connection that always waits for exactly one answer. */
final class CallHandler extends ChannelInboundHandlerAdapter {
    private final Load load;
    private final ByteBuf request;
    private final int answerBytes;
    private long received;

    CallHandler(Load load, ByteBuf request, int answerBytes) {
        this.load = load;
        this.request = request;
        this.answerBytes = answerBytes;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            load.connected();
            call(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void call(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(request.duplicate(), ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received += bytes.readableBytes();
        bytes.release();
        if (received >= answerBytes) {
            received -= answerBytes;
            load.answered();
            call(ctx);
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
