package io.tombolo.dataplane.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.tombolo.dataplane.flow.Taking;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.dataplane.http2.HeadersIn;
import io.tombolo.dataplane.http2.Http2Codec;
import io.tombolo.dataplane.http2.Http2Frames;
import io.tombolo.dataplane.upstream.HttpSettings;
import io.tombolo.model.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The side of an HTTP/2 connection that requests come in on: makes an {@link HttpExchange} of each stream. On its channel's
 * loop only.
 */
public final class Http2Side extends Http2Frames implements Drainable {
    private static final long SWEEP_SECONDS = 1;
    private static final int ALL_STREAMS = Integer.MAX_VALUE;

    private final Channel channel;
    private final HttpSettings http;
    private final HttpLimits limits;
    private final Http2Codec codec;
    private final Http2Connection.PropertyKey key;
    private final RequestRule rule;
    private final Supplier<Hop> hops;
    private final Complaints complaints;
    private final Taking taking;
    private final Set<ServerStream> streams = new LinkedHashSet<>();
    private final Set<ServerStream> touched = new LinkedHashSet<>();
    private final Future<?> sweep;
    private boolean greeted;
    private boolean draining;
    private boolean lastStreamSaid;
    private long busyNanos = System.nanoTime();

    private Http2Side(Channel channel, HttpSettings http, RequestRule rule, Supplier<Hop> hops, Complaints complaints) {
        super(http.http2());
        this.channel = channel;
        this.http = http;
        this.limits = http.http1();
        this.codec = Http2Codec.server(http.http1(), http.http2(), http.counters(), this);
        this.key = codec.connection().newKey();
        this.rule = rule;
        this.hops = hops;
        this.complaints = complaints;
        this.taking = new Taking(channel, limits.takeTimeout(), this::notTaken);
        this.sweep = channel.eventLoop()
                .scheduleWithFixedDelay(() -> sweep(System.nanoTime()), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Takes over a channel whose pipeline ends in bytes; what comes first is HTTP/2's preface.
     * @param rule sees and may change every request first
     * @param hops where each exchange goes
     */
    public static Http2Side on(
            Channel channel, HttpSettings http, RequestRule rule, Supplier<Hop> hops, Complaints complaints) {
        var side = new Http2Side(channel, http, rule, hops, complaints);
        side.codec.connection().addListener(side.new Ends());
        side.codec.encoder().flowController().listener(side::writabilityChanged);
        side.codec.afterRead(side::readComplete);
        side.codec.afterWritabilityChanged(side.taking::look);
        channel.closeFuture().addListener(closed -> {
            side.sweep.cancel(false);
            side.taking.stop();
        });
        channel.pipeline().addLast(side.codec);
        return side;
    }

    ReplayBuffer buffer() {
        return new ReplayBuffer(limits.maxKeptBytes(), http.notKept());
    }

    @Override
    public Channel channel() {
        return channel;
    }

    /**
     * First says that no further stream should be opened, and a moment later which ones were seen: those on their way
     * meanwhile are taken (RFC 9113 §6.8).
     */
    @Override
    public void drain() {
        if (!draining) {
            draining = true;
            goAway(ALL_STREAMS);
            channel.eventLoop().schedule(this::lastStream, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void lastStream() {
        lastStreamSaid = true;
        goAway(codec.connection().remote().lastStreamCreated());
        closeIfDone();
    }

    private void goAway(int lastStream) {
        ChannelHandlerContext ctx = codec.context();
        if (channel.isActive()) {
            codec.goAway(
                    ctx, lastStream, Http2Error.NO_ERROR.code(), ctx.alloc().buffer(0), ctx.newPromise());
            codec.flushSoon();
        }
    }

    private void closeIfDone() {
        if (lastStreamSaid && streams.isEmpty()) {
            ChannelHandlerContext ctx = codec.context();
            codec.flush(ctx);
            taking.ending();
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    protected Http2Codec codec() {
        return codec;
    }

    @Override
    protected void headers(int streamId, Http2Headers list, boolean endStream) throws Http2Exception {
        Http2Stream stream = codec.connection().stream(streamId);
        if (stream == null) {
            return;
        }
        ServerStream known = stream.getProperty(key);
        if (known != null) {
            trailers(known, streamId, list, endStream);
            return;
        }
        Optional<HttpRequest> request = HeadersIn.request(list, endStream, limits.maxFields());
        if (request.isEmpty()) {
            complaints.headRefused(0);
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "malformed request");
        }
        var fresh = new ServerStream(this, codec, streamId, request.get());
        stream.setProperty(key, fresh);
        streams.add(fresh);
        touched.add(fresh);
        begin(fresh, request.get(), endStream);
    }

    private void begin(ServerStream stream, HttpRequest request, boolean endStream) {
        Optional<HttpFlaw> flaw = rule.apply(request);
        var exchange = new HttpExchange(stream, request, hops.get());
        flaw.ifPresent(what -> complaints.headRefused(what.status()));
        flaw.ifPresentOrElse(what -> stream.flawed(exchange, what), () -> stream.begin(exchange, endStream));
    }

    private void trailers(ServerStream stream, int streamId, Http2Headers list, boolean endStream)
            throws Http2Exception {
        Optional<HttpHeaders> trailers = HeadersIn.trailers(list, limits.maxFields());
        if (trailers.isEmpty() || !endStream) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "malformed trailers");
        }
        touched.add(stream);
        stream.trailers(trailers.get());
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
        Http2Stream stream = codec.connection().stream(streamId);
        ServerStream its = stream == null ? null : stream.getProperty(key);
        if (its == null) {
            return data.readableBytes() + padding;
        }
        touched.add(its);
        return its.data(data, padding, endOfStream);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        greeted = true;
        super.onSettingsRead(ctx, settings);
    }

    private void readComplete() {
        List<ServerStream> now = new ArrayList<>(touched);
        touched.clear();
        now.forEach(ServerStream::readComplete);
    }

    private void writabilityChanged(Http2Stream stream) {
        ServerStream its = stream.getProperty(key);
        if (its != null && codec.encoder().flowController().isWritable(stream)) {
            its.writable();
        }
    }

    /** Not even a reset would get through. */
    private void notTaken() {
        complaints.fault(Fault.ANSWER_NOT_TAKEN);
        channel.close();
    }

    private void sweep(long nowNanos) {
        long bodyLimit = limits.bodyTimeout().toNanos();
        long takeLimit = limits.takeTimeout().toNanos();
        for (ServerStream stream : new ArrayList<>(streams)) {
            stream.checkPace(nowNanos, bodyLimit);
            if (stream.isLeftLying(nowNanos, takeLimit)) {
                complaints.fault(Fault.ANSWER_NOT_TAKEN);
                stream.reset(Http2Error.ENHANCE_YOUR_CALM);
            }
        }
        if (!streams.isEmpty()) {
            busyNanos = nowNanos;
            return;
        }
        long limit = (greeted ? limits.idleTimeout() : limits.headTimeout()).toNanos();
        if (nowNanos - busyNanos > limit && !lastStreamSaid) {
            outOfPatience();
        }
    }

    private void outOfPatience() {
        if (greeted) {
            complaints.idled();
        } else {
            complaints.fault(Fault.BAD_HTTP_HEAD);
        }
        lastStream();
    }

    /** What becomes of streams. */
    private final class Ends extends Http2ConnectionAdapter {
        @Override
        public void onStreamHalfClosed(Http2Stream stream) {
            ServerStream its = stream.getProperty(key);
            if (its != null && stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
                its.answered();
            }
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            ServerStream its = stream.getProperty(key);
            if (its != null) {
                streams.remove(its);
                its.closed();
                busyNanos = System.nanoTime();
                closeIfDone();
            }
        }
    }
}
