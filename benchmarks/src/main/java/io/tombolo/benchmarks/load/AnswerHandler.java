package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Answers each request with as many bytes as it asks for. */
final class AnswerHandler extends ChannelInboundHandlerAdapter {
    private final ByteBuf answer;
    private int received;
    private int wanted;

    AnswerHandler(ByteBuf answer) {
        this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        while (bytes.isReadable()) {
            int next = bytes.readUnsignedByte();
            if (received < Integer.BYTES) {
                wanted = wanted << Byte.SIZE | next;
            }
            received++;
            skipPadding(bytes);
            if (received == Frame.REQUEST_BYTES) {
                answer(ctx);
            }
        }
        bytes.release();
    }

    private void skipPadding(ByteBuf bytes) {
        if (received >= Integer.BYTES) {
            int padding = Math.min(Frame.REQUEST_BYTES - received, bytes.readableBytes());
            bytes.skipBytes(padding);
            received += padding;
        }
    }

    private void answer(ChannelHandlerContext ctx) {
        ctx.write(answer.slice(0, Math.clamp(wanted, 1, Frame.MAX_ANSWER_BYTES)), ctx.voidPromise());
        received = 0;
        wanted = 0;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
