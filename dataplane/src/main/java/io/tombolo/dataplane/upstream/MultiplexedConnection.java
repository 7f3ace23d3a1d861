package io.tombolo.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamVisitor;
import io.tombolo.dataplane.http2.Http2Codec;
import io.tombolo.dataplane.http2.Http2Frames;
import io.tombolo.model.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One HTTP/2 connection that requests go out on, many at a time. On its channel's loop only. */
final class MultiplexedConnection extends Http2Frames {
    private static final int LAST_STREAM = Integer.MAX_VALUE - 2;

    private final Channel channel;
    private final int maxFields;
    private final Http2Codec codec;
    private final Http2Connection.PropertyKey key;
    private final Set<UpstreamStream> touched = new LinkedHashSet<>();
    private @Nullable UpstreamStream opening;
    private int inUse;
    private int requests;
    private boolean goingAway;

    private MultiplexedConnection(Channel channel, HttpSettings http) {
        super(http.http2());
        this.channel = channel;
        this.maxFields = http.http1().maxFields();
        this.codec = Http2Codec.client(http.http1(), http.http2(), http.counters(), this);
        this.key = codec.connection().newKey();
    }

    /** Takes over a connected channel whose pipeline ends in bytes. */
    static MultiplexedConnection on(Channel channel, HttpSettings http) {
        var connection = new MultiplexedConnection(channel, http);
        connection.codec.connection().addListener(connection.new Ends());
        connection.codec.encoder().flowController().listener(connection::writabilityChanged);
        connection.codec.afterRead(connection::readComplete);
        channel.closeFuture().addListener(closed -> connection.goingAway = true);
        channel.pipeline().addLast(connection.codec);
        return connection;
    }

    /** Whether one more request may go out on it. */
    boolean hasRoom() {
        Http2Connection.Endpoint<?> local = codec.connection().local();
        return isUsable() && inUse < local.maxActiveStreams() && local.lastStreamCreated() < LAST_STREAM;
    }

    /** Whether requests may go out on it at all. */
    boolean isUsable() {
        return !goingAway && channel.isActive();
    }

    boolean isActive() {
        return channel.isActive();
    }

    /** Requests that are on it. */
    int inUse() {
        return inUse;
    }

    /** For one more request. */
    UpstreamStream open() {
        inUse++;
        return new UpstreamStream(this, codec, maxFields, requests++ > 0);
    }

    /** One request less. */
    void ended() {
        inUse--;
        closeIfDone();
    }

    /** Nothing new goes out on it; it closes with the last answer. */
    void leave() {
        goingAway = true;
        closeIfDone();
    }

    void close() {
        goingAway = true;
        channel.close();
    }

    private void closeIfDone() {
        if (goingAway && inUse == 0) {
            channel.close();
        }
    }

    /** A stream's number; it exists as soon as its first frame is written. */
    int number(UpstreamStream stream) {
        opening = stream;
        return codec.connection().local().incrementAndGetNextStreamId();
    }

    private Optional<UpstreamStream> at(int id) {
        Http2Stream stream = codec.connection().stream(id);
        return stream == null ? Optional.empty() : Optional.ofNullable(stream.getProperty(key));
    }

    @Override
    protected Http2Codec codec() {
        return codec;
    }

    @Override
    protected void headers(int streamId, Http2Headers headers, boolean endStream) {
        at(streamId).ifPresent(stream -> {
            touched.add(stream);
            stream.headers(headers, endStream);
        });
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
        Optional<UpstreamStream> stream = at(streamId);
        stream.ifPresent(touched::add);
        return stream.map(its -> its.data(data, padding, endOfStream)).orElse(data.readableBytes() + padding);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
        boolean processed = errorCode != Http2Error.REFUSED_STREAM.code();
        at(streamId)
                .ifPresent(stream ->
                        stream.closed(processed, Fault.STREAM_RESET, "the stream was reset: " + name(errorCode)));
    }

    private static String name(long errorCode) {
        Http2Error known = Http2Error.valueOf(errorCode);
        return known == null ? "error " + errorCode : known.name();
    }

    private void readComplete() {
        List<UpstreamStream> now = new ArrayList<>(touched);
        touched.clear();
        now.forEach(UpstreamStream::readComplete);
    }

    private void writabilityChanged(Http2Stream stream) {
        UpstreamStream its = stream.getProperty(key);
        if (its != null && codec.encoder().flowController().isWritable(stream)) {
            its.writable();
        }
    }

    /** Gives up requests of which hardly anything was taken for so long; with the connection, if not even the network takes more. */
    void sweep(long nowNanos, long takeLimitNanos) {
        List<UpstreamStream> left = streams(stream -> true).stream()
                .filter(stream -> stream.isLeftLying(nowNanos, takeLimitNanos))
                .toList();
        left.forEach(UpstreamStream::notTaken);
        if (!left.isEmpty() && !channel.isWritable()) {
            close();
        }
    }

    /** Nothing comes back by its path any more, though it is open: nothing new goes out on it. */
    void pathFellSilent() {
        goingAway = true;
        streams(stream -> codec.connection().local().isValidStreamId(stream.id()))
                .forEach(UpstreamStream::pathFellSilent);
        closeIfDone();
    }

    private List<UpstreamStream> streams(Predicate<Http2Stream> which) {
        var found = new ArrayList<UpstreamStream>();
        Http2StreamVisitor visitor = stream -> {
            UpstreamStream its = stream.getProperty(key);
            if (its != null && which.test(stream)) {
                found.add(its);
            }
            return true;
        };
        try {
            codec.connection().forEachActiveStream(visitor);
        } catch (Http2Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        return found;
    }

    /** Streams beyond the last one that the other side saw were not worked on (RFC 9113 §6.8). */
    private void refuseAfter(int lastKnown) {
        streams(stream -> stream.id() > lastKnown && codec.connection().local().isValidStreamId(stream.id()))
                .forEach(stream -> stream.closed(false, Fault.STREAM_RESET, "the other side goes away"));
    }

    /** What becomes of streams and of the connection. */
    private final class Ends extends Http2ConnectionAdapter {
        @Override
        public void onStreamAdded(Http2Stream stream) {
            if (opening != null) {
                stream.setProperty(key, opening);
                opening = null;
            }
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            UpstreamStream its = stream.getProperty(key);
            if (its != null) {
                boolean lost = !channel.isActive();
                its.closed(
                        true,
                        lost ? Fault.CONNECTION_LOST : Fault.STREAM_RESET,
                        lost ? "the connection broke before the answer was complete" : "the stream ended too early");
            }
        }

        @Override
        public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
            goingAway = true;
            refuseAfter(lastStreamId);
            channel.eventLoop().execute(MultiplexedConnection.this::closeIfDone);
        }
    }
}
