package io.tombolo.dataplane.http1;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.nio.charset.StandardCharsets;

/** Answers that this proxy gives itself: a status that fits, and one line that says where, what and how to fix. */
public final class Refused {
    private Refused() {}

    /** The answer for a fault. */
    public static FullHttpResponse answer(TomboloException fault) {
        return answer(status(fault.fault()), String.valueOf(fault.getMessage()));
    }

    /** An answer with one line of text. */
    public static FullHttpResponse answer(int status, String text) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    /** The status that tells a client of HTTP what a fault means. */
    public static int status(Fault fault) {
        return switch (fault) {
            case BAD_HTTP_HEAD, APP_FAILED, CONNECTION_LOST, WRONG_SERVER, PEER_UNREACHABLE -> 502;
            case NO_SUCH_SERVICE, NOT_A_CONSUMER, EVICTED_PEER, NOT_AUTHORIZED -> 403;
            case NO_ROUTE -> 404;
            case PROXY_CREDENTIAL -> 407;
            case MISDIRECTED -> 421;
            case RATE_LIMITED -> 429;
            case REQUEST_TIMEOUT, REQUEST_NOT_TAKEN -> 504;
            case NO_BACKEND -> 500;
            case LOOP_REFUSED, RELAY_LOOP -> 508;
            default -> 503;
        };
    }
}
