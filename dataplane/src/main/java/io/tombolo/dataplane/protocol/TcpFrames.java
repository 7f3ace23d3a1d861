package io.tombolo.dataplane.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.flow.FramedOutput;
import io.tombolo.model.outcome.OutcomeHeader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The protocol {@code tombolo-tcp}: one TCP stream inside one TLS connection. Each direction begins with {@code "TMBT" 0x01};
 * then frames of u8 type ‖ u16 length ‖ payload:
 * <pre>
 * 1 DATA     bytes of the stream, 1 to 65535
 * 2 END      nothing more follows in this direction (TLS alone cannot say so and stay open for the other one)
 * 3 OPENED   destination only, first: the application accepted the connection; empty
 * 4 REFUSED  destination only, first and last: what {@link OutcomeHeader#text} gives
 * </pre>
 * The caller sends nothing before OPENED. An unknown type, or an end without END, is a broken connection.
 */
public final class TcpFrames extends FramedOutput {
    /** The event that the destination's application is there. */
    public record Opened() {}

    /** The event that the destination will not do it. */
    public record Refused(OutcomeHeader outcome) {}

    private static final int PREFACE = 0x544d4254;
    private static final int VERSION = 1;
    private static final int PREFACE_BYTES = 5;
    private static final int HEADER_BYTES = 3;
    private static final int MAX_PAYLOAD = 65_535;
    private static final int DATA = 1;
    private static final int END = 2;
    private static final int OPENED = 3;
    private static final int REFUSED = 4;

    private @Nullable ByteBuf held;
    private @Nullable ChannelHandlerContext context;
    private boolean greeted;
    private boolean greeting = true;
    private boolean ended;
    private boolean flowing;

    /** Of a DATA frame that did not come whole yet. */
    private int dataLeft;

    /** @param flowing false keeps data back until {@link #flow} */
    public TcpFrames(boolean flowing) {
        this.flowing = flowing;
    }

    /** The destination's application is there; data goes on from now. */
    public void open() {
        send(OPENED, "");
        flow();
    }

    /** Data that waits goes on to the handlers behind this one. */
    public void flow() {
        flowing = true;
        if (context != null) {
            decode(context);
            context.fireChannelReadComplete();
        }
    }

    /** The destination will not do it. */
    public void refuse(OutcomeHeader outcome) {
        send(REFUSED, outcome.text());
    }

    @Override
    public void endOutput() {
        send(END, "");
    }

    private void send(int type, String payload) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.write(header(ctx, type, payload.length()), ctx.voidPromise());
            ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), payload), ctx.voidPromise());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf data) || !data.isReadable()) {
            ctx.write(message, promise);
            return;
        }
        while (data.readableBytes() > MAX_PAYLOAD) {
            ctx.write(header(ctx, DATA, MAX_PAYLOAD), ctx.voidPromise());
            ctx.write(data.readRetainedSlice(MAX_PAYLOAD), ctx.voidPromise());
        }
        ctx.write(header(ctx, DATA, data.readableBytes()), ctx.voidPromise());
        ctx.write(data, promise);
    }

    private ByteBuf header(ChannelHandlerContext ctx, int type, int length) {
        ByteBuf header = ctx.alloc().buffer(PREFACE_BYTES + HEADER_BYTES);
        if (greeting) {
            greeting = false;
            header.writeInt(PREFACE).writeByte(VERSION);
        }
        return header.writeByte(type).writeShort(length);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        held = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
        decode(ctx);
    }

    private void decode(ChannelHandlerContext ctx) {
        while (held != null && held.isReadable() && !ended && step(ctx, held)) {
            // frame by frame
        }
        if (held != null && (!held.isReadable() || ended)) {
            drop();
        }
    }

    private boolean step(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (!greeted) {
            return bytes.readableBytes() >= PREFACE_BYTES && greet(ctx, bytes);
        }
        if (dataLeft > 0) {
            return data(ctx, bytes);
        }
        if (bytes.readableBytes() < HEADER_BYTES) {
            return false;
        }
        int type = bytes.getUnsignedByte(bytes.readerIndex());
        int length = bytes.getUnsignedShort(bytes.readerIndex() + 1);
        if (type == DATA ? !flowing : bytes.readableBytes() < HEADER_BYTES + length) {
            return false;
        }
        bytes.skipBytes(HEADER_BYTES);
        if (type == DATA) {
            dataLeft = length;
            return true;
        }
        frame(ctx, type, bytes.readRetainedSlice(length));
        return true;
    }

    /** As it comes: a frame is up to four records of TLS, and putting them together again would copy each. */
    private boolean data(ChannelHandlerContext ctx, ByteBuf bytes) {
        int part = Math.min(dataLeft, bytes.readableBytes());
        dataLeft -= part;
        if (part == bytes.readableBytes()) {
            held = null;
            ctx.fireChannelRead(bytes);
        } else {
            ctx.fireChannelRead(bytes.readRetainedSlice(part));
        }
        return true;
    }

    private boolean greet(ChannelHandlerContext ctx, ByteBuf bytes) {
        greeted = bytes.readInt() == PREFACE && bytes.readByte() == VERSION;
        if (!greeted) {
            broken(ctx);
        }
        return greeted;
    }

    private void frame(ChannelHandlerContext ctx, int type, ByteBuf payload) {
        String text = payload.toString(StandardCharsets.US_ASCII);
        payload.release();
        switch (type) {
            case END -> {
                ended = true;
                ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            }
            case OPENED -> ctx.fireUserEventTriggered(new Opened());
            case REFUSED ->
                OutcomeHeader.parse(text)
                        .ifPresentOrElse(
                                outcome -> ctx.fireUserEventTriggered(new Refused(outcome)), () -> broken(ctx));
            default -> broken(ctx);
        }
    }

    /** An end that was not announced is a truncation; after END it is the ordinary end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            if (!ended) {
                broken(ctx);
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        drop();
        ctx.fireChannelInactive();
    }

    private void broken(ChannelHandlerContext ctx) {
        ended = true;
        ctx.close();
    }

    private void drop() {
        ReferenceCountUtil.release(held);
        held = null;
    }
}
