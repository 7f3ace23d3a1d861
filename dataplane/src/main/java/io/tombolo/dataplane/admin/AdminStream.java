package io.tombolo.dataplane.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer that does not end by itself: asks its feed ten times a second, and sends an empty line now and then. */
final class AdminStream extends ChannelInboundHandlerAdapter {
    private static final long LOOK_MILLIS = 100;

    /** So that who left without a word is noticed; and who does not read for so long is left. */
    private static final long QUIET_LOOKS = 100;

    private final AdminFeed feed;
    private @Nullable ScheduledFuture<?> looking;
    private long quiet;

    AdminStream(AdminFeed feed) {
        this.feed = feed;
    }

    void begin(ChannelHandlerContext ctx) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        ctx.writeAndFlush(head);
        looking =
                ctx.executor().scheduleWithFixedDelay(() -> look(ctx), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        quiet++;
        if (!ctx.channel().isWritable()) {
            if (quiet > QUIET_LOOKS) {
                ctx.close();
            }
            return;
        }
        String lines = feed.take();
        if (lines.isEmpty() && quiet > QUIET_LOOKS) {
            lines = "\n";
        }
        if (!lines.isEmpty()) {
            quiet = 0;
            ctx.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message); // who asked once is answered once
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (looking != null) {
            looking.cancel(false);
        }
        feed.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
