package io.tombolo.dataplane.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.flow.Gathering;
import io.tombolo.dataplane.flow.ReadGate;
import io.tombolo.dataplane.flow.Taking;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http1.Refused;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.dataplane.http1.ServerCodec;
import io.tombolo.dataplane.http1.StrictHttp;
import io.tombolo.dataplane.upstream.HttpSettings;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Alpn;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The side of an HTTP/1.1 connection that requests come in on: makes an {@link HttpExchange} of each, one after the other.
 * On its channel's loop only.
 */
public final class ClientSide extends ChannelInboundHandlerAdapter implements Requester, Drainable {
    private static final int MAX_THROWN_AWAY_BYTES = 64 * 1_024;
    private static final long LINGER_MILLIS = 500;

    private final Channel channel;
    private final HttpSettings http;
    private final StrictHttp strict;
    private final ServerCodec codec;

    /** Head and body of an answer go out as one; under TLS they do anyway. */
    private final @Nullable Gathering gathering;

    private final RequestRule rule;
    private final Supplier<Hop> hops;
    private final AnswerWait answerWait;
    private final Complaints complaints;
    private final Taking taking;
    private @Nullable HttpExchange current;
    private int thrownAwayBytes;
    private boolean draining;

    private ClientSide(
            Channel channel, HttpSettings http, RequestRule rule, Supplier<Hop> hops, Complaints complaints) {
        HttpLimits limits = http.http1();
        this.channel = channel;
        this.http = http;
        this.rule = rule;
        this.strict = StrictHttp.forRequests(limits);
        this.codec = new ServerCodec(limits);
        this.gathering = channel.pipeline().get(SslHandler.class) == null ? new Gathering() : null;
        this.hops = hops;
        this.answerWait = new AnswerWait(channel.eventLoop());
        this.complaints = complaints;
        this.taking = new Taking(channel, limits.takeTimeout(), this::notTaken);
    }

    /**
     * Takes over a channel whose pipeline ends in bytes.
     * @param rule       sees and may change every request first
     * @param hops       where each exchange goes
     * @param complaints after a BAD_HTTP_HEAD nothing is read
     * @param before     handlers that see and may change every request before that
     */
    public static ClientSide on(
            Channel channel,
            HttpSettings http,
            RequestRule rule,
            Supplier<Hop> hops,
            Complaints complaints,
            ChannelHandler... before) {
        var side = new ClientSide(channel, http, rule, hops, complaints);
        if (side.gathering != null) {
            channel.pipeline().addLast(side.gathering);
        }
        channel.pipeline().addLast(side.strict, side.codec).addLast(before).addLast(side);
        return side;
    }

    @Override
    public void drain() {
        draining = true;
        if (current == null) {
            channel.close();
        }
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Alpn version() {
        return Alpn.HTTP_1_1;
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public AnswerWait answerWait() {
        return answerWait;
    }

    @Override
    public void cut() {
        channel.close();
    }

    @Override
    public ReplayBuffer buffer() {
        return new ReplayBuffer(http.http1().maxKeptBytes(), http.notKept());
    }

    @Override
    public boolean mayGoOn() {
        return !draining;
    }

    @Override
    public void write(HttpObject object) {
        channel.write(object, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void hold(ReadGate.Reason reason, boolean full) {
        if (full) {
            ReadGate.of(channel).hold(reason);
        } else {
            ReadGate.of(channel).go(reason);
        }
    }

    /** The next request's turn, or the connection's end. */
    @Override
    public void exchangeEnded(HttpExchange exchange, boolean goOn, boolean requestComplete) {
        if (current != exchange) {
            return;
        }
        current = null;
        hold(ReadGate.Reason.NO_OTHER_SIDE, false);
        hold(ReadGate.Reason.OTHER_SIDE_FULL, false);
        if (goOn && !draining) {
            flush();
            strict.next("");
        } else {
            draining = true;
            taking.ending();
            ChannelFuture written = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
            written.addListener(requestComplete ? ChannelFutureListener.CLOSE : (ChannelFutureListener) this::linger);
        }
    }

    /** RFC 9112 §9.6: closing while the client still sends would take the answer back. */
    private void linger(ChannelFuture written) {
        if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
        }
        var end = channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }

    /** Gives up HTTP: the channel's pipeline ends in bytes again, held ones follow. */
    public void unwrap(Runnable beforeBytesFlow) {
        current = null;
        answerWait.stop();
        taking.stop();
        beforeBytesFlow.run(); // first: a handler that is taken out passes on to who stood behind it then
        channel.pipeline().remove(this);
        channel.pipeline().remove(codec);
        channel.pipeline().remove(strict);
        if (gathering != null) {
            channel.pipeline().remove(gathering);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            flawed(HttpFlaw.BAD_REQUEST_LINE);
        } else if (message instanceof HttpRequest request && current == null) {
            codec.answering(request.method().name());
            thrownAwayBytes = 0;
            begin(request);
        } else if (message instanceof HttpContent content && current != null) {
            current.requestContent(content);
        } else {
            throwAway(message);
        }
    }

    private void begin(HttpRequest request) {
        Optional<HttpFlaw> flaw = rule.apply(request);
        HttpExchange exchange = new HttpExchange(this, request, hops.get());
        current = exchange;
        flaw.ifPresent(what -> complaints.headRefused(what.status()));
        flaw.ifPresentOrElse(this::flawed, exchange::begin);
    }

    /**
     * What is left of a request that was answered already is read for a while, so that the answer arrives; and then no more, until
     * the connection is closed: closing at once would take the answer back from who is in the midst of sending much.
     */
    private void throwAway(Object message) {
        if (message instanceof HttpContent content) {
            thrownAwayBytes += content.content().readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (thrownAwayBytes > MAX_THROWN_AWAY_BYTES) {
            hold(ReadGate.Reason.NO_OTHER_SIDE, true);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (current != null) {
            current.requestFlush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        taking.look();
        if (current != null && channel.isWritable()) {
            current.clientWritable();
        }
    }

    private void notTaken() {
        complaints.fault(Fault.ANSWER_NOT_TAKEN);
        channel.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof StrictHttp.Flawed refused) {
            flawed(refused.flaw());
        } else if (event instanceof StrictHttp.Idle) {
            complaints.idled();
            channel.close();
        } else if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            inputEnded();
        }
    }

    /** A client may close its half after the request and still read the answer; in TLS it cannot. */
    private void inputEnded() {
        draining = true;
        if (current == null) {
            channel.close();
        } else {
            current.clientEndedInput();
        }
    }

    private void flawed(HttpFlaw flaw) {
        complaints.fault(Fault.BAD_HTTP_HEAD);
        if (current != null) {
            current.flawed(flaw);
        } else {
            complaints.headRefused(flaw.status());
            var answer = Refused.answer(flaw.status(), Faulted.text(flaw));
            answer.headers().set(HttpHeaderNames.CONNECTION, "close");
            draining = true;
            channel.writeAndFlush(answer).addListener((ChannelFutureListener) this::linger);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        answerWait.stop();
        taking.stop();
        if (current != null) {
            HttpExchange gone = current;
            current = null;
            gone.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        channel.close();
    }
}
