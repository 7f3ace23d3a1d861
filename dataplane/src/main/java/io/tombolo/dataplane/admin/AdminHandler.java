package io.tombolo.dataplane.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One request, one answer, and the connection's end; or a stream that ends with it. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final AdminPages pages;
    private final Optional<AdminToken> token;

    /** @param token empty = nobody is known, and there is nothing to be known for */
    AdminHandler(AdminPages pages, Optional<AdminToken> token) {
        this.pages = pages;
        this.token = token;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            say(ctx, AdminAnswer.text(400, "not a request"));
            return;
        }
        var asked = new QueryStringDecoder(request.uri());
        var stream = pages.findStream(request.method() + " " + asked.path());
        if (stream.isPresent() && isKnown(request)) {
            stream(ctx, stream.get(), asked);
        } else {
            answer(ctx, request);
        }
    }

    private static void stream(
            ChannelHandlerContext ctx, Function<Map<String, String>, AdminFeed> page, QueryStringDecoder asked) {
        var parameters = new LinkedHashMap<String, String>();
        try {
            asked.parameters().forEach((key, values) -> parameters.put(key, String.join(",", values)));
            var stream = new AdminStream(page.apply(parameters));
            ctx.pipeline().remove(ReadTimeoutHandler.class); // it has said all that it has to say
            ctx.pipeline().replace(ctx.handler(), "stream", stream);
            stream.begin(ctx.pipeline().context(stream));
        } catch (TomboloException refused) {
            int status = refused.fault().kind() == Fault.Kind.INPUT ? 400 : 503;
            say(ctx, AdminAnswer.text(status, String.valueOf(refused.getMessage())));
        } catch (IllegalArgumentException badEscape) {
            say(ctx, AdminAnswer.text(400, "not a query"));
        }
    }

    /** Any thread. */
    private static void say(ChannelHandlerContext ctx, AdminAnswer answer) {
        ByteBuf body = Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
        Optional<AdminPages.Page> page = pages.find(request.method() + " " + request.uri());
        boolean known = isKnown(request);
        if (page.isEmpty() || !(page.get().open() || known)) {
            say(ctx, refusal(known || token.isEmpty()));
        } else if (page.get().apart()) {
            Thread.ofVirtual().start(() -> say(ctx, page.get().answer().get()));
        } else {
            say(ctx, page.get().answer().get());
        }
    }

    private static AdminAnswer refusal(boolean known) {
        return known
                ? AdminAnswer.text(404, "no such page")
                : AdminAnswer.text(401, "send Authorization: Bearer and the text of " + AdminToken.FILE);
    }

    private boolean isKnown(FullHttpRequest request) {
        String said = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return token.filter(expected -> expected.fits(said)).isPresent();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
