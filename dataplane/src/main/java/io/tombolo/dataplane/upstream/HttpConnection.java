package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.flow.ReadGate;
import io.tombolo.dataplane.flow.Taking;
import io.tombolo.dataplane.http1.ClientCodec;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http1.StrictHttp;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection that requests go out on, one at a time. On its channel's loop only. */
public final class HttpConnection extends ChannelInboundHandlerAdapter implements HttpUpstream {
    static final String NOT_TAKEN = "hardly anything of the request was taken within http.take-timeout";

    /** More of an answer that nobody wants is not worth a handshake. */
    private static final int MOST_REST = 16_384;

    private static final int REST_MILLIS = 500;

    private final Channel channel;
    private final StrictHttp strict;
    private final ClientCodec codec;
    private final Taking taking;
    private @Nullable AnswerSink sink;
    private boolean interim;
    private boolean answerEnded;
    private boolean restIsShort;
    private @Nullable Runnable rest;
    private boolean reusable = true;
    private int requests;

    private HttpConnection(Channel channel, HttpLimits limits, Duration takeWithin) {
        this.channel = channel;
        this.strict = StrictHttp.forResponses(limits);
        this.codec = new ClientCodec(limits);
        this.taking = new Taking(channel, takeWithin, this::notTaken);
    }

    /**
     * Takes over a connected channel whose pipeline ends in bytes.
     * @param takeWithin how long bytes of a request wait for who takes hardly any
     */
    static HttpConnection on(Channel channel, HttpLimits limits, Duration takeWithin, Runnable whenClosed) {
        var connection = new HttpConnection(channel, limits, takeWithin);
        channel.closeFuture().addListener(closed -> whenClosed.run());
        channel.pipeline().addLast(connection.strict, connection.codec, connection);
        return connection;
    }

    @Override
    public void begin(HttpRequest head, AnswerSink answers) {
        sink = answers;
        interim = false;
        answerEnded = false;
        restIsShort = false;
        requests++;
        String method = head.method().name();
        codec.asking(method);
        channel.write(head, channel.voidPromise());
        strict.next(method);
    }

    @Override
    public void write(HttpContent content) {
        channel.write(content, channel.voidPromise());
    }

    /** The connection. */
    public Channel channel() {
        return channel;
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
    public boolean isActive() {
        return channel.isActive();
    }

    @Override
    public boolean isUsedBefore() {
        return requests > 0;
    }

    @Override
    public void hold(boolean full) {
        if (full) {
            ReadGate.of(channel).hold(ReadGate.Reason.OTHER_SIDE_FULL);
        } else {
            ReadGate.of(channel).go(ReadGate.Reason.OTHER_SIDE_FULL);
        }
    }

    /** It is closed if no other request may go out on it. The short rest of an answer that nobody wants is waited for. */
    @Override
    public void finish(boolean requestComplete, Runnable whenReusable) {
        sink = null;
        hold(false);
        boolean mayGoOn = requestComplete && reusable && channel.isActive();
        if (mayGoOn && answerEnded) {
            whenReusable.run();
        } else if (mayGoOn && restIsShort) {
            rest = whenReusable;
            channel.eventLoop().schedule(this::giveRestUp, REST_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            channel.close();
        }
    }

    private void giveRestUp() {
        if (rest != null) {
            close();
        }
    }

    private void rest(Object message) {
        Runnable whenReusable = rest;
        if (whenReusable != null && message instanceof LastHttpContent) {
            rest = null;
            if (reusable && !strict.hasMore()) {
                whenReusable.run();
            } else {
                channel.close();
            }
        }
    }

    @Override
    public void close() {
        sink = null;
        channel.close();
    }

    /** Gives up HTTP after an answer of status 101: the channel's pipeline ends in bytes again, held ones follow. */
    public Channel unwrap(Runnable beforeBytesFlow) {
        sink = null;
        taking.stop();
        beforeBytesFlow.run(); // first: a handler that is taken out passes on to who stood behind it then
        channel.pipeline().remove(this);
        channel.pipeline().remove(codec);
        channel.pipeline().remove(strict);
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        AnswerSink to = sink;
        if (to == null || !(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            rest(message);
        } else if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            lost(Fault.BAD_HTTP_HEAD, "the answer is not understood");
        } else if (object instanceof HttpResponse head) {
            head(to, head);
        } else if (object instanceof HttpContent content) {
            content(to, content);
        }
    }

    private void head(AnswerSink to, HttpResponse head) {
        int status = head.status().code();
        interim = status < 200 && status != 101;
        if (!interim) {
            reusable = HttpUtil.isKeepAlive(head) && status != 101;
            restIsShort = HttpUtil.getContentLength(head, Long.MAX_VALUE) <= MOST_REST;
        }
        to.answerHead(head);
    }

    private void content(AnswerSink to, HttpContent content) {
        if (interim) {
            content.release();
            return;
        }
        answerEnded = content instanceof LastHttpContent;
        reusable &= !(answerEnded && strict.hasMore()); // or what comes behind it would answer the next request
        to.answerContent(content);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (sink != null) {
            sink.answerFlush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        taking.look();
        if (sink != null && channel.isWritable()) {
            sink.upstreamWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof StrictHttp.Flawed flawed) {
            lost(
                    fault(flawed.flaw()),
                    "the answer was refused: " + flawed.flaw().text());
        } else if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            reusable = false;
            lost(Fault.CONNECTION_LOST, "the connection ended before the answer was complete");
        }
    }

    /** Being slow is not being wrong. */
    private static Fault fault(HttpFlaw flaw) {
        return switch (flaw) {
            case HEAD_TOO_SLOW, BODY_TOO_SLOW -> Fault.REQUEST_TIMEOUT;
            default -> Fault.BAD_HTTP_HEAD;
        };
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        taking.stop();
        lost(Fault.CONNECTION_LOST, "the connection broke before the answer was complete");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost(Fault.CONNECTION_LOST, "the connection broke: " + cause.getMessage());
    }

    private void notTaken() {
        lost(Fault.REQUEST_NOT_TAKEN, NOT_TAKEN);
    }

    /** Nothing comes back by its path any more, though it is open. */
    void pathFellSilent() {
        if (sink != null && sink.isBetterLost()) {
            lost(Fault.PATH_SILENT, "nothing comes back by its path");
        }
    }

    private void lost(Fault fault, String what) {
        reusable = false;
        AnswerSink to = sink;
        sink = null;
        channel.close();
        if (to != null) {
            to.upstreamLost(fault, what);
        }
    }
}
