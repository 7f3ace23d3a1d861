package io.tombolo.dataplane.flow;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages come in small pieces, two or three for each: what is written until the next flush goes on as one, for each piece
 * costs every handler and the kernel something. A piece is written when the whole is, so what counts unwritten frames still does.
 * Large pieces are not copied. A flush with nothing to flush ends here. On the channel's loop only.
 */
public final class Gathering extends ChannelOutboundHandlerAdapter {
    private static final int SMALL_BYTES = 1_024;

    /** So much is held at most: whether a channel takes more does not know of it yet. */
    private static final int MOST_BYTES = 8_192;

    private final List<ByteBuf> pieces = new ArrayList<>();
    private final List<ChannelPromise> promises = new ArrayList<>();
    private int total;
    private boolean written;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        written = true;
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable() || bytes.readableBytes() > SMALL_BYTES) {
            passOn(ctx);
            ctx.write(message, promise);
            return;
        }
        pieces.add(bytes);
        promises.add(promise);
        total += bytes.readableBytes();
        if (total >= MOST_BYTES) {
            passOn(ctx);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (written) {
            written = false;
            passOn(ctx);
            ctx.flush();
        }
    }

    /** What says why the connection is closed must get out. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        flush(ctx);
        ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            flush(ctx);
            return;
        }
        pieces.forEach(ReferenceCountUtil::release);
        pieces.clear();
        promises.forEach(promise -> promise.tryFailure(new ClosedChannelException()));
        promises.clear();
    }

    private void passOn(ChannelHandlerContext ctx) {
        if (pieces.isEmpty()) {
            return;
        }
        if (pieces.size() == 1) {
            ByteBuf only = pieces.removeFirst();
            total = 0;
            ctx.write(only, promises.removeFirst());
            return;
        }
        ByteBuf whole = whole(ctx);
        ChannelPromise[] waiting = promises.toArray(ChannelPromise[]::new);
        promises.clear();
        ctx.write(whole, ctx.newPromise().addListener(done -> {
            for (ChannelPromise promise : waiting) {
                if (done.isSuccess()) {
                    promise.trySuccess();
                } else {
                    promise.tryFailure(done.cause());
                }
            }
        }));
    }

    private ByteBuf whole(ChannelHandlerContext ctx) {
        ByteBuf whole = ctx.alloc().ioBuffer(total);
        for (int i = 0; i < pieces.size(); i++) {
            ByteBuf piece = pieces.get(i);
            whole.writeBytes(piece);
            piece.release();
        }
        pieces.clear();
        total = 0;
        return whole;
    }
}
