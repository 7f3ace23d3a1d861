package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.collection.IntObjectHashMap;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 connection of the load, with some requests waiting on it. */
final class Http2Caller extends Http2Peer {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int INDEXED_STATUS_200 = 0x88;
    private static final int TABLE_SIZE = 0x20;

    private final CallLoad load;
    private final Http2Message request;
    private final int place;
    private final boolean tls;
    private final IntObjectHashMap<Stream> open = new IntObjectHashMap<>();
    private @Nullable ChannelHandlerContext context;
    private int nextStream = 1;
    private boolean reading;
    private boolean leaving;

    Http2Caller(CallLoad load, Http2Message request, int place, boolean tls) {
        this.load = load;
        this.request = request;
        this.place = place;
        this.tls = tls;
    }

    /** What waits for one answer after another. */
    private final class Stream implements Call {
        private long sinceNanos;
        private int received;
        private boolean hasHead;

        @Override
        public void send(long dueNanos) {
            ChannelHandlerContext ctx = context;
            if (ctx == null) {
                return;
            }
            sinceNanos = dueNanos;
            received = 0;
            hasHead = false;
            ByteBuf out = ctx.alloc().buffer(request.size());
            request.write(out, nextStream, nextStream == 1);
            open.put(nextStream, this);
            nextStream += 2;
            ctx.write(out, ctx.voidPromise());
            if (!reading) {
                ctx.flush();
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
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!tls) {
            begin(ctx);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            begin(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void begin(ChannelHandlerContext ctx) {
        context = ctx;
        ByteBuf out = ctx.alloc().buffer(64).writeBytes(PREFACE);
        open(out);
        ctx.writeAndFlush(out, ctx.voidPromise());
        for (int i = 0; i < load.plan().streams(); i++) {
            load.connected(new Stream());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        super.channelRead(ctx, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        super.channelReadComplete(ctx);
    }

    @Override
    void headers(ChannelHandlerContext ctx, int id, ByteBuf frames, int at, boolean end) {
        Stream stream = open.get(id);
        if (stream == null) {
            load.lost("an answer that nobody asked for");
            return;
        }
        if (!stream.hasHead) {
            stream.hasHead = true;
            if (!isOk(frames, at)) {
                load.lost("status other than 200");
            }
        }
        endIf(end, id, stream);
    }

    /** All encoders say it in this way, perhaps after a new size of their table. */
    private static boolean isOk(ByteBuf frames, int at) {
        int first = frames.getUnsignedByte(at);
        return (first & 0xe0) == TABLE_SIZE ? isOk(frames, at + 1) : first == INDEXED_STATUS_200;
    }

    @Override
    void data(ChannelHandlerContext ctx, int id, int length, boolean end) {
        Stream stream = open.get(id);
        if (stream != null) {
            stream.received += length;
            endIf(end, id, stream);
        }
    }

    private void endIf(boolean end, int id, Stream stream) {
        if (end) {
            open.remove(id);
            boolean whole = stream.received == load.plan().wire().answerBytes();
            load.answered(stream, whole ? 200 : 0, stream.sinceNanos);
        }
    }

    @Override
    void cut(ChannelHandlerContext ctx, String what) {
        if (!leaving) {
            load.lost(what);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cut(ctx, "closed by the other side");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        cut(ctx, String.valueOf(cause.getMessage()));
        ctx.close();
    }
}
