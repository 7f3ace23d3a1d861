package io.tombolo.dataplane.capture;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.OriginForm;
import io.tombolo.dataplane.http1.Refused;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's own part of a request: checks the credential, and turns what is written for a proxy (RFC 9112 §3.2.2, §3.2.3)
 * into what a server gets. The target's authority becomes Host, whatever Host was. On its channel's loop only.
 */
public final class ProxyGate extends ChannelInboundHandlerAdapter {
    private final ProxyCredential credential;
    private final Tunnels tunnels;
    private final Metrics metrics;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Authority opening;
    private boolean refused;

    public ProxyGate(ProxyCredential credential, Tunnels tunnels, Metrics metrics) {
        this.credential = credential;
        this.tunnels = tunnels;
        this.metrics = metrics;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
        } else if (opening != null) {
            boolean complete = message instanceof LastHttpContent;
            ReferenceCountUtil.release(message);
            if (complete) {
                tunnels.open(this, opening);
            }
        } else if (message instanceof HttpRequest request
                && request.decoderResult().isSuccess()) {
            request(ctx, request);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void request(ChannelHandlerContext ctx, HttpRequest request) {
        try {
            checkCredential(request);
            if (request.method().equals(HttpMethod.CONNECT)) {
                opening = Authority.parse(request.uri()).orElseThrow();
                return;
            }
            toServer(request);
            ctx.fireChannelRead(request);
        } catch (TomboloException no) {
            refuse(no);
        }
    }

    private void checkCredential(HttpRequest request) {
        if (!credential.isProvedBy(request.headers().get(HttpHeaderNames.PROXY_AUTHORIZATION))) {
            throw new TomboloException(
                    Fault.PROXY_CREDENTIAL,
                    "proxy",
                    "the request lacks this run's credential",
                    "only the program that the sidecar runs may use it; it finds the credential in http_proxy");
        }
    }

    private static void toServer(HttpRequest request) {
        if (!OriginForm.make(request)) {
            throw notForProxies("the request does not name a whole http:// URL");
        }
    }

    private static TomboloException notForProxies(String what) {
        return new TomboloException(Fault.BAD_HTTP_HEAD, "proxy", what, "this port is an HTTP proxy");
    }

    /** The tunnel is there; its owner takes the connection's HTTP apart after this. */
    public void openBytes() {
        established();
        channel().pipeline().remove(this);
    }

    private void established() {
        channel()
                .write(new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, new HttpResponseStatus(200, "Connection established")));
        channel().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** There will be no answer but this one. */
    public void refuse(TomboloException why) {
        refused = true;
        metrics.fault(why.fault()).increment();
        FullHttpResponse answer = why.fault() == Fault.BAD_HTTP_HEAD
                ? Refused.answer(HttpResponseStatus.BAD_REQUEST.code(), String.valueOf(why.getMessage()))
                : Refused.answer(why);
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (why.fault() == Fault.PROXY_CREDENTIAL) {
            answer.headers().set(HttpHeaderNames.PROXY_AUTHENTICATE, "Basic realm=\"tombolo\"");
        }
        channel().write(answer);
        channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** The connection. */
    public Channel channel() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return ctx.channel();
    }
}
