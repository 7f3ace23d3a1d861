package io.tombolo.dataplane.delegation;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the one frame that has to come first, and goes. Bytes behind it are handed to the handlers that stand behind this
 * one by then. It holds no more than one frame and one read. Ends in exactly one of its two ways out.
 */
public final class HandoverReader extends ByteToMessageDecoder {
    /** Why the frame did not come. */
    public enum Missed {
        /** The other side closed the connection. */
        CUT,
        /** Not in time. */
        LATE,
        /** Something else came, or something came before its time. */
        MALFORMED
    }

    private final Handover wanted;
    private final Consumer<byte[]> taken;
    private final Consumer<Missed> missed;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean done;

    /**
     * Not waiting yet: what comes before {@link #await} is too early.
     * @param taken  gets the message, and puts behind this handler what the rest is for
     * @param missed hears that there will be none; the channel may still be open
     */
    public HandoverReader(Handover wanted, Consumer<byte[]> taken, Consumer<Missed> missed) {
        this.wanted = wanted;
        this.taken = taken;
        this.missed = missed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Begins to wait. On the channel's loop, once, when this handler is in the pipeline. */
    public void await(Duration within) {
        if (!done && context != null) {
            deadline = context.channel()
                    .eventLoop()
                    .schedule(() -> miss(Missed.LATE), within.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (done || deadline == null) {
            in.skipBytes(in.readableBytes());
            miss(Missed.MALFORMED);
            return;
        }
        if (in.readableBytes() < Handover.HEADER_BYTES) {
            return;
        }
        int start = in.readerIndex();
        int length = in.getUnsignedShort(start + Handover.HEADER_BYTES - Short.BYTES);
        boolean ours = in.getInt(start) == Handover.PREFACE
                && in.getByte(start + Integer.BYTES) == Handover.VERSION
                && in.getByte(start + Integer.BYTES + 1) == wanted.type()
                && length <= Handover.MAX_BYTES;
        if (!ours) {
            in.skipBytes(in.readableBytes());
            miss(Missed.MALFORMED);
        } else if (in.readableBytes() >= Handover.HEADER_BYTES + length) {
            take(ctx, in, length);
        }
    }

    private void take(ChannelHandlerContext ctx, ByteBuf in, int length) {
        byte[] message = new byte[length];
        in.skipBytes(Handover.HEADER_BYTES).readBytes(message);
        finish();
        taken.accept(message);
        ctx.pipeline().remove(this);
    }

    private void miss(Missed why) {
        if (!done) {
            finish();
            missed.accept(why);
        }
    }

    private void finish() {
        done = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!done && in.isReadable()) {
            decode(ctx, in, out);
        }
        miss(Missed.CUT);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        finish();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        miss(Missed.CUT);
        ctx.close();
    }
}
