package io.tombolo.dataplane.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.tombolo.dataplane.flow.ReadGate;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http2.HeadersOut;
import io.tombolo.dataplane.http2.Http2Codec;
import io.tombolo.dataplane.http2.Incoming;
import io.tombolo.dataplane.http2.Outgoing;
import io.tombolo.model.name.Alpn;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request that came in on an HTTP/2 connection, and its answer. On the connection's loop. */
final class ServerStream implements Requester {
    private final Http2Side side;
    private final Http2Codec codec;
    private final int id;
    private final Outgoing answer;
    private final Incoming body;
    private final Set<ReadGate.Reason> holds = EnumSet.noneOf(ReadGate.Reason.class);
    private final boolean mayBeSlow;
    private final AnswerWait answerWait;
    private @Nullable HttpExchange exchange;
    private boolean requestComplete;
    private boolean answerBegun;
    private boolean restUnwanted;
    private long progressNanos = System.nanoTime();
    private long takenNanos = System.nanoTime();

    ServerStream(Http2Side side, Http2Codec codec, int id, HttpRequest request) {
        this.side = side;
        this.codec = codec;
        this.id = id;
        this.answer = new Outgoing(codec, () -> id, () -> {});
        this.body = new Incoming(codec);
        this.answerWait = new AnswerWait(side.channel().eventLoop());
        this.mayBeSlow = GrpcAnswer.isGrpc(request.headers());
    }

    void begin(HttpExchange its, boolean endStream) {
        exchange = its;
        its.begin();
        if (endStream) {
            part(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** There is no exchange to begin: it is answered at once. */
    void flawed(HttpExchange its, HttpFlaw flaw) {
        exchange = its;
        its.flawed(flaw);
    }

    /** @return how many bytes are done with */
    int data(ByteBuf bytes, int padding, boolean endStream) {
        int length = bytes.readableBytes() + padding;
        if (exchange == null) {
            return length;
        }
        progressNanos = System.nanoTime();
        part(endStream ? new DefaultLastHttpContent(bytes.retain()) : new DefaultHttpContent(bytes.retain()));
        return body.read(length);
    }

    void trailers(HttpHeaders trailers) {
        part(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers));
    }

    private void part(HttpContent content) {
        requestComplete |= content instanceof LastHttpContent;
        HttpExchange its = exchange;
        if (its == null) {
            content.release();
        } else {
            its.requestContent(content);
        }
    }

    void readComplete() {
        if (exchange != null) {
            exchange.requestFlush();
        }
    }

    void writable() {
        takenNanos = System.nanoTime();
        if (exchange != null) {
            exchange.clientWritable();
        }
    }

    /** The client took it back, or its connection broke. */
    void closed() {
        HttpExchange gone = exchange;
        exchange = null;
        answerWait.stop();
        if (gone != null) {
            gone.clientGone();
        }
    }

    /** A body that stopped arriving ends its request; a call of gRPC may be silent for as long as it likes. */
    void checkPace(long nowNanos, long limitNanos) {
        boolean waits = !requestComplete && !answerBegun && !mayBeSlow && !body.isHeld();
        if (waits && nowNanos - progressNanos > limitNanos && exchange != null) {
            exchange.flawed(HttpFlaw.BODY_TOO_SLOW);
        }
    }

    /** Whether an answer has waited for so long for a client that takes hardly any of it. */
    boolean isLeftLying(long nowNanos, long limitNanos) {
        if (!answer.waits()) {
            takenNanos = nowNanos;
        }
        return nowNanos - takenNanos > limitNanos;
    }

    void reset(Http2Error why) {
        codec.reset(id, why);
    }

    @Override
    public Alpn version() {
        return Alpn.H2;
    }

    @Override
    public EventLoop loop() {
        return side.channel().eventLoop();
    }

    @Override
    public AnswerWait answerWait() {
        return answerWait;
    }

    @Override
    public ReplayBuffer buffer() {
        return side.buffer();
    }

    @Override
    public boolean mayGoOn() {
        return true;
    }

    @Override
    public void write(HttpObject part) {
        if (part instanceof HttpResponse head) {
            if (head.status().code() < 200) {
                answer.interim(HeadersOut.answer(head));
                return;
            }
            answerBegun = true;
            answer.head(HeadersOut.answer(head));
        }
        if (part instanceof HttpContent content && answerBegun) {
            answer.content(content);
        }
    }

    @Override
    public void flush() {
        answer.flush();
    }

    @Override
    public boolean isWritable() {
        return answer.isWritable();
    }

    @Override
    public void hold(ReadGate.Reason reason, boolean full) {
        boolean changed = full ? holds.add(reason) : holds.remove(reason);
        if (changed) {
            progressNanos = System.nanoTime();
            body.hold(!holds.isEmpty(), id);
        }
    }

    @Override
    public void exchangeEnded(HttpExchange ended, boolean goOn, boolean complete) {
        if (exchange == ended) {
            exchange = null;
            answerWait.stop();
            holds.clear();
            body.hold(false, id);
            restUnwanted = !complete;
            flush();
        }
    }

    /** All of the answer was sent (RFC 9113 §8.1): what is left of the request is not needed. */
    void answered() {
        if (restUnwanted) {
            codec.end(id, Http2Error.NO_ERROR);
        }
    }

    @Override
    public void cut() {
        exchange = null;
        answerWait.stop();
        codec.end(id, Http2Error.INTERNAL_ERROR);
    }
}
