package io.tombolo.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.tombolo.dataplane.http2.HeadersIn;
import io.tombolo.dataplane.http2.HeadersOut;
import io.tombolo.dataplane.http2.Http2Codec;
import io.tombolo.dataplane.http2.Incoming;
import io.tombolo.dataplane.http2.Outgoing;
import io.tombolo.model.fault.Fault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer on a {@link MultiplexedConnection}. On the connection's loop. */
public final class UpstreamStream implements HttpUpstream {
    private final MultiplexedConnection connection;
    private final Http2Codec codec;
    private final Outgoing request;
    private final Incoming answer;
    private final int maxFields;
    private final boolean usedBefore;
    private @Nullable AnswerSink sink;
    private boolean answerBegun;
    private boolean answerEnded;
    private boolean finished;
    private long takenNanos = System.nanoTime();

    UpstreamStream(MultiplexedConnection connection, Http2Codec codec, int maxFields, boolean usedBefore) {
        this.connection = connection;
        this.codec = codec;
        this.maxFields = maxFields;
        this.usedBefore = usedBefore;
        this.request = new Outgoing(codec, () -> connection.number(this), this::notOpened);
        this.answer = new Incoming(codec);
    }

    @Override
    public void begin(HttpRequest head, AnswerSink answers) {
        sink = answers;
        request.head(HeadersOut.request(head));
    }

    @Override
    public void write(HttpContent content) {
        request.content(content);
    }

    @Override
    public void flush() {
        request.flush();
    }

    @Override
    public boolean isWritable() {
        return request.isWritable();
    }

    @Override
    public void hold(boolean full) {
        answer.hold(full, request.stream());
    }

    @Override
    public boolean isActive() {
        return connection.isActive();
    }

    @Override
    public boolean isUsedBefore() {
        return usedBefore;
    }

    @Override
    public void finish(boolean requestComplete, Runnable reusable) {
        if (!finished) {
            finished = true;
            sink = null;
            hold(false);
            if (!answerEnded || !request.isEnded()) {
                codec.end(request.stream(), answerEnded ? Http2Error.NO_ERROR : Http2Error.CANCEL);
            }
            connection.ended();
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    // ---- from the connection

    void headers(Http2Headers list, boolean endStream) {
        AnswerSink to = sink;
        if (to == null) {
            return;
        }
        if (answerBegun) {
            trailers(to, list, endStream);
            return;
        }
        Optional<HttpResponse> head = HeadersIn.answer(list, maxFields);
        boolean interim = head.isPresent() && head.get().status().code() < 200;
        if (head.isEmpty() || (interim && endStream)) {
            malformed();
            return;
        }
        answerBegun = !interim;
        answerEnded = endStream;
        to.answerHead(head.get());
        if (endStream && sink == to) {
            to.answerContent(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private void trailers(AnswerSink to, Http2Headers list, boolean endStream) {
        Optional<HttpHeaders> trailers = HeadersIn.trailers(list, maxFields);
        if (trailers.isEmpty() || !endStream) {
            malformed();
            return;
        }
        answerEnded = true;
        var last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers.get());
        to.answerContent(last);
    }

    /** @return how many bytes are done with */
    int data(ByteBuf bytes, int padding, boolean endStream) {
        AnswerSink to = sink;
        int length = bytes.readableBytes() + padding;
        if (to == null) {
            return length;
        }
        if (!answerBegun) {
            malformed();
            return length;
        }
        answerEnded = endStream;
        to.answerContent(
                endStream ? new DefaultLastHttpContent(bytes.retain()) : new DefaultHttpContent(bytes.retain()));
        return answer.read(length);
    }

    void readComplete() {
        if (sink != null) {
            sink.answerFlush();
        }
    }

    void writable() {
        takenNanos = System.nanoTime();
        if (sink != null) {
            sink.upstreamWritable();
        }
    }

    /** Whether the request has waited for so long for another side that takes hardly any of it. */
    boolean isLeftLying(long nowNanos, long limitNanos) {
        if (!request.waits()) {
            takenNanos = nowNanos;
        }
        return nowNanos - takenNanos > limitNanos;
    }

    /** It is given up. */
    void notTaken() {
        AnswerSink to = sink;
        sink = null;
        codec.reset(request.stream(), Http2Error.CANCEL);
        if (to != null) {
            to.upstreamLost(Fault.REQUEST_NOT_TAKEN, HttpConnection.NOT_TAKEN);
        }
    }

    void pathFellSilent() {
        if (sink != null && sink.isBetterLost()) {
            closed(true, Fault.PATH_SILENT, "nothing comes back by its path");
        }
    }

    private void malformed() {
        AnswerSink to = sink;
        sink = null;
        codec.reset(request.stream(), Http2Error.PROTOCOL_ERROR);
        if (to != null) {
            to.upstreamLost(Fault.BAD_HTTP_HEAD, "the answer was refused: its header list is malformed");
        }
    }

    private void notOpened() {
        closed(false, Fault.STREAM_REFUSED, "the connection takes no more streams");
    }

    /** The stream ended; nothing to say if the answer was complete. */
    void closed(boolean processed, Fault fault, String what) {
        AnswerSink to = sink;
        sink = null;
        if (to == null || answerEnded) {
            return;
        }
        if (processed) {
            to.upstreamLost(fault, what);
        } else {
            to.upstreamRefused(what);
        }
    }
}
