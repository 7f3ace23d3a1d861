package io.tombolo.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/** What both sides do with frames that move nothing: count them, and cut who sends too many. On the channel's loop. */
public abstract class Http2Frames extends Http2FrameAdapter {
    /** What counts as opening a window by hardly anything, for {@link Http2Limits#maxIdleFrames}: no limit of its own. */
    private static final int SMALL_WINDOW_STEP = 1_024;

    static final String TOO_MANY = "too many frames that move nothing";

    private final FrameBudget budget;

    protected Http2Frames(Http2Limits limits) {
        this.budget = new FrameBudget(limits.maxIdleFrames(), System.nanoTime());
    }

    /** Whose frames these are. */
    protected abstract Http2Codec codec();

    /** A header list: of a message's beginning, or its trailers. */
    protected abstract void headers(int streamId, Http2Headers headers, boolean endStream) throws Http2Exception;

    private void idle() throws Http2Exception {
        if (!budget.take(System.nanoTime())) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, TOO_MANY);
        }
    }

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endStream)
            throws Http2Exception {
        headers(streamId, headers, endStream);
    }

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endStream)
            throws Http2Exception {
        headers(streamId, headers, endStream);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        idle();
    }

    @Override
    public final void onPriorityRead(
            ChannelHandlerContext ctx, int streamId, int streamDependency, short weight, boolean exclusive)
            throws Http2Exception {
        idle();
    }

    @Override
    public final void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
        idle();
    }

    @Override
    public final void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        idle();
    }

    /** RFC 9113 §5.5: of no meaning to us. */
    @Override
    public final void onUnknownFrame(
            ChannelHandlerContext ctx, byte frameType, int streamId, Http2Flags flags, ByteBuf payload) {
        if (!budget.take(System.nanoTime())) {
            codec().cut(Http2Error.ENHANCE_YOUR_CALM, TOO_MANY);
        }
    }

    @Override
    public final void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        idle();
    }

    @Override
    public final void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) throws Http2Exception {
        if (increment < SMALL_WINDOW_STEP) {
            idle();
        }
    }
}
