package io.tombolo.dataplane.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;

/** Cuts the stream into frames; closes the connection at the first thing that is none. */
abstract class FrameHandler extends ByteToMessageDecoder {
    /** One frame, on the loop. */
    abstract void frame(ChannelHandlerContext ctx, ProbeFrame frame);

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        while (in.readableBytes() >= ProbeFrame.LENGTH && ctx.channel().isActive()) {
            Optional<ProbeFrame> frame = ProbeFrame.read(in);
            if (frame.isEmpty()) {
                in.skipBytes(in.readableBytes());
                ctx.close();
                return;
            }
            frame(ctx, frame.get());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
