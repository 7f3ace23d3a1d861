package io.tombolo.dataplane.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import io.tombolo.dataplane.flow.Gathering;
import io.tombolo.dataplane.http1.HttpLimits;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HTTP/2 with our limits. Streams share a connection evenly: priorities are not ours to weigh (RFC 9113 §5.3). On its
 * channel's loop only.
 */
public final class Http2Codec extends Http2ConnectionHandler {
    /** The unit of time of {@link Http2Limits#maxResets}: no limit of its own. */
    private static final int RESET_WINDOW_SECONDS = 30;

    /** For the word to whoever was cut, why: nothing else is owed to it, so that nobody has a reason to change this. */
    private static final long CLOSE_WITHIN_MILLIS = 1_000;

    private final Http2Counters counters;
    private final int window;
    private final int maxStreams;
    private @Nullable ChannelHandlerContext context;
    private boolean flushing;
    private Runnable afterRead = () -> {};
    private Runnable afterWritabilityChanged = () -> {};

    private Http2Codec(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            Http2Counters counters,
            Http2Limits limits) {
        super(decoder, encoder, settings);
        this.counters = counters;
        this.window = limits.connectionWindowBytes();
        this.maxStreams = limits.maxStreams();
    }

    /** For a connection that requests come in on. */
    public static Http2Codec server(HttpLimits http, Http2Limits limits, Http2Counters counters, Http2Frames frames) {
        return new Builder(true, http, limits, counters).listener(frames).build();
    }

    /** For a connection that requests go out on. */
    public static Http2Codec client(HttpLimits http, Http2Limits limits, Http2Counters counters, Http2Frames frames) {
        return new Builder(false, http, limits, counters).listener(frames).build();
    }

    /** Runs after everything that was read at once. */
    public void afterRead(Runnable then) {
        afterRead = then;
    }

    /** Runs when the channel became full, or is no longer. */
    public void afterWritabilityChanged(Runnable then) {
        afterWritabilityChanged = then;
    }

    /** The context that frames are written with. */
    public ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return ctx;
    }

    /** Sends what was written, once for all streams that ask in this turn of the loop. */
    public void flushSoon() {
        if (!flushing) {
            flushing = true;
            context().executor().execute(() -> {
                flushing = false;
                flush(context());
            });
        }
    }

    /** Ends the connection for what the other side does. */
    public void cut(Http2Error error, String why) {
        onError(context(), false, Http2Exception.connectionError(error, why));
    }

    /** Ends one stream for what the other side does; nothing if it is gone. */
    public void reset(int stream, Http2Error error) {
        counters.reset().of(error.name()).increment();
        end(stream, error);
    }

    /** Ends one stream; nothing if it is gone. */
    public void end(int stream, Http2Error error) {
        ChannelHandlerContext ctx = context();
        if (connection().stream(stream) != null) {
            resetStream(ctx, stream, error.code(), ctx.newPromise());
            flushSoon();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        // HTTP/2 has no half-closed connections: who sends nothing more takes no credit, acknowledges nothing, and is
        // gone
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        ctx.pipeline().addBefore(ctx.name(), null, new Gathering());
        gracefulShutdownTimeoutMillis(CLOSE_WITHIN_MILLIS);
        super.handlerAdded(ctx);
        if (connection().isServer()) { // at once: who never acknowledges our settings would have no limit
            connection().remote().maxActiveStreams(maxStreams);
        }
        widen(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        widen(ctx);
    }

    /** The connection's own window is not in the settings (RFC 9113 §6.9.2). */
    private void widen(ChannelHandlerContext ctx) throws Http2Exception {
        var stream = connection().connectionStream();
        var flow = connection().local().flowController();
        int more = window - flow.initialWindowSize(stream);
        if (ctx.channel().isActive() && more > 0) {
            flow.incrementWindowSize(stream, more);
            flush(ctx);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        afterRead.run();
        super.channelReadComplete(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        super.channelWritabilityChanged(ctx);
        afterWritabilityChanged.run();
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        if (error != null) {
            counters.cut().of(error.error().name()).increment();
            countLimit(error);
        } else if (!outbound) { // else a write came too late: the other side had left
            counters.cut().of("OTHER").increment();
        }
        super.onConnectionError(ctx, outbound, cause, error);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        counters.reset().of(error.error().name()).increment();
        countLimit(error);
        super.onStreamError(ctx, outbound, cause, error);
    }

    private void countLimit(Http2Exception error) {
        Http2Guard.of(error)
                .ifPresent(guard -> counters.limits().of(guard.label()).increment());
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Codec, Builder> {
        private final Http2Counters counters;
        private final Http2Limits limits;

        Builder(boolean server, HttpLimits http, Http2Limits limits, Http2Counters counters) {
            this.counters = counters;
            this.limits = limits;
            Http2Connection connection = new DefaultHttp2Connection(server);
            connection
                    .remote()
                    .flowController(new DefaultHttp2RemoteFlowController(
                            connection, new UniformStreamByteDistributor(connection)));
            connection(connection);
            Http2Settings settings = new Http2Settings()
                    .initialWindowSize(limits.streamWindowBytes())
                    .maxHeaderListSize(http.maxHeadBytes());
            initialSettings(
                    server
                            ? settings.maxConcurrentStreams(limits.maxStreams())
                            : settings.pushEnabled(false).maxConcurrentStreams(0));
            encoderEnforceMaxQueuedControlFrames(limits.maxQueuedFrames());
            decoderEnforceMaxConsecutiveEmptyDataFrames(limits.maxEmptyFrames());
            decoderEnforceMaxSmallContinuationFrames(limits.maxSmallContinuations());
            decoderEnforceMaxRstFramesPerWindow(limits.maxResets(), RESET_WINDOW_SECONDS);
            encoderEnforceMaxRstFramesPerWindow(limits.maxResets(), RESET_WINDOW_SECONDS);
            decoupleCloseAndGoAway(true);
            gracefulShutdownTimeoutMillis(CLOSE_WITHIN_MILLIS);
        }

        Builder listener(Http2Frames frames) {
            frameListener(frames);
            return this;
        }

        @Override
        protected Http2Codec build() {
            return super.build();
        }

        @Override
        protected Http2Codec build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new Http2Codec(decoder, encoder, settings, counters, limits);
        }
    }
}
