package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * As much of HTTP/2 (RFC 9113) as a load needs, for a load generator must not be what is measured: frames in, windows that never
 * close on what is sent to us, settings and pings acknowledged. What it sends is small enough never to fill the other side's windows.
 */
abstract class Http2Peer extends ChannelInboundHandlerAdapter {
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int ACK = 1;
    private static final int PADDED = 8;
    private static final int FRAME_HEADER = 9;
    private static final int WINDOW = 1 << 30;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int STREAMS = 250;

    private @Nullable ByteBuf held;
    private int sinceWindow;

    /** Frames that open the connection. */
    static void open(ByteBuf out) {
        Http2Message.frame(out, 6, 4, 0, 0);
        out.writeShort(MAX_CONCURRENT_STREAMS).writeInt(STREAMS);
        window(out);
    }

    private static void window(ByteBuf out) {
        Http2Message.frame(out, Integer.BYTES, 8, 0, 0);
        out.writeInt(WINDOW);
    }

    /** A header list of a stream, in {@code frames} from {@code at}. */
    abstract void headers(ChannelHandlerContext ctx, int stream, ByteBuf frames, int at, boolean end);

    /** So many bytes of a stream's body. */
    abstract void data(ChannelHandlerContext ctx, int stream, int length, boolean end);

    /** The other side ended a stream or the connection. */
    abstract void cut(ChannelHandlerContext ctx, String what);

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf all = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
        while (all.readableBytes() >= FRAME_HEADER) {
            int length = all.getUnsignedMedium(all.readerIndex());
            if (all.readableBytes() < FRAME_HEADER + length) {
                break;
            }
            int type = all.getByte(all.readerIndex() + 3);
            int flags = all.getByte(all.readerIndex() + 4);
            int stream = all.getInt(all.readerIndex() + 5);
            all.skipBytes(FRAME_HEADER);
            frame(ctx, type, flags, stream, all, length);
            all.skipBytes(length);
        }
        held = all.isReadable() ? all : null;
        if (held == null) {
            all.release();
        }
    }

    private void frame(ChannelHandlerContext ctx, int type, int flags, int stream, ByteBuf frames, int length) {
        boolean end = (flags & END_STREAM) != 0;
        if ((type == 0 || type == 1) && (flags & PADDED) != 0) {
            throw new IllegalStateException("padding was not expected");
        }
        switch (type) {
            case 0 -> {
                sinceWindow += length;
                data(ctx, stream, length, end);
            }
            case 1 -> headers(ctx, stream, frames, frames.readerIndex(), end);
            case 3 -> cut(ctx, "stream reset, error " + frames.getInt(frames.readerIndex()));
            case 4, 6 -> acknowledge(ctx, type, flags, frames, length);
            case 7 -> cut(ctx, "GOAWAY, error " + frames.getInt(frames.readerIndex() + Integer.BYTES));
            default -> {
                // windows that open, priorities
            }
        }
    }

    private static void acknowledge(ChannelHandlerContext ctx, int type, int flags, ByteBuf frames, int length) {
        if ((flags & ACK) == 0) {
            int back = type == 6 ? length : 0;
            ByteBuf out = ctx.alloc().buffer(FRAME_HEADER + back);
            Http2Message.frame(out, back, type, ACK, 0);
            ctx.write(out.writeBytes(frames, frames.readerIndex(), back), ctx.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (sinceWindow > WINDOW / 2) {
            sinceWindow -= WINDOW / 2;
            ByteBuf out = ctx.alloc().buffer(FRAME_HEADER + Integer.BYTES);
            Http2Message.frame(out, Integer.BYTES, 8, 0, 0);
            ctx.write(out.writeInt(WINDOW / 2), ctx.voidPromise());
        }
        ctx.flush();
    }
}
