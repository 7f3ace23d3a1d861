package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** The application's end of one HTTP/2 connection: answers each request with the same message when it is complete. */
final class Http2Answerer extends Http2Peer {
    private static final int PREFACE_BYTES = 24;

    private final Http2Message answer;
    private boolean answeredBefore;
    private int preface;

    Http2Answerer(Http2Message answer) {
        this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (preface == 0) {
            ByteBuf out = ctx.alloc().buffer(64);
            open(out);
            ctx.writeAndFlush(out, ctx.voidPromise());
        }
        int part = Math.min(PREFACE_BYTES - preface, bytes.readableBytes());
        preface += part;
        bytes.skipBytes(part);
        super.channelRead(ctx, bytes);
    }

    @Override
    void headers(ChannelHandlerContext ctx, int stream, ByteBuf frames, int at, boolean end) {
        answerIf(end, ctx, stream);
    }

    @Override
    void data(ChannelHandlerContext ctx, int stream, int length, boolean end) {
        answerIf(end, ctx, stream);
    }

    private void answerIf(boolean end, ChannelHandlerContext ctx, int stream) {
        if (end) {
            ByteBuf out = ctx.alloc().buffer(answer.size());
            answer.write(out, stream, !answeredBefore);
            answeredBefore = true;
            ctx.write(out, ctx.voidPromise());
        }
    }

    /** A load that ends takes back what it waits for, and others share the connection. */
    @Override
    void cut(ChannelHandlerContext ctx, String what) {
        // its answer is on its way already
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
