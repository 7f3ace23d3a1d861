package io.tombolo.dataplane.relay;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.tombolo.dataplane.http1.HopByHop;
import io.tombolo.model.name.Alpn;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request's head says about this connection only, taken out of it; and the same for the answer on its way back.
 * @param keepAlive the client wants to send more requests
 * @param upgrade   the protocol that the client wants to speak instead
 * @param isHead    the answer has no body, whatever it says
 * @param is1dot0   the client does not understand chunks and interim answers
 * @param trailers  the client understands trailers, and wants to be sure that all in between do
 * @param isGrpc    the client reads what went wrong in gRPC's fields only
 */
record RequestHead(
        boolean keepAlive,
        Optional<String> upgrade,
        boolean isHead,
        boolean is1dot0,
        boolean trailers,
        boolean isGrpc) {
    /** @param version that the client speaks: in HTTP/1.1 what it can read is for one connection, in HTTP/2 for the whole way */
    static RequestHead take(HttpRequest request, Alpn version) {
        boolean is1dot0 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Optional<String> upgrade = is1dot0 ? Optional.empty() : upgrade(request.headers());
        boolean trailers = version == Alpn.H2
                && request.headers().containsValue(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true);
        HopByHop.remove(request.headers());
        return new RequestHead(
                keepAlive,
                upgrade,
                request.method().equals(HttpMethod.HEAD),
                is1dot0,
                trailers,
                GrpcAnswer.isGrpc(request.headers()));
    }

    /** HTTP/2 in the clear is none of the protocols that an application may switch to here. */
    private static Optional<String> upgrade(HttpHeaders headers) {
        boolean asked = headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
        return Optional.of(String.join(", ", headers.getAll(HttpHeaderNames.UPGRADE)))
                .filter(protocols -> asked
                        && !protocols.isBlank()
                        && !protocols.toLowerCase(Locale.ROOT).contains("h2c"));
    }

    /**
     * The head as it goes out in one attempt: HTTP/1.1, whatever came in. Usually the request itself, for it is written, and so
     * turned into bytes, before anything of it can change.
     */
    HttpRequest outgoing(HttpRequest request) {
        if (trailers) {
            request.headers().set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        }
        if (upgrade.isEmpty() && !is1dot0) {
            return request;
        }
        var copy = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                request.uri(),
                request.headers().copy());
        upgrade.ifPresent(protocol -> copy.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, protocol));
        return copy;
    }

    boolean understandsInterim() {
        return !is1dot0;
    }

    void interim(HttpResponse answer) {
        HopByHop.remove(answer.headers());
        answer.headers().remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.TRANSFER_ENCODING);
        answer.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    void switching(HttpResponse answer) {
        interim(answer);
        upgrade.ifPresent(protocol -> answer.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, protocol));
    }

    /**
     * Makes an answer's head fit for this client.
     * @param wanted whether the connection should stay
     * @return whether it can stay
     */
    boolean answer(HttpResponse answer, boolean wanted) {
        HopByHop.remove(answer.headers());
        answer.setProtocolVersion(HttpVersion.HTTP_1_1);
        boolean framed = frame(answer);
        boolean stays = wanted && framed;
        framing(answer, stays);
        return stays;
    }

    /** Says how the body ends; false if only the connection's end can say it. */
    private boolean frame(HttpResponse answer) {
        int status = answer.status().code();
        if (status == 204) {
            answer.headers().remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.TRANSFER_ENCODING);
        }
        boolean bodiless = isHead || status == 204 || status == 304;
        if (bodiless || answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return true;
        }
        HttpUtil.setTransferEncodingChunked(answer, !is1dot0);
        return !is1dot0;
    }

    /** Says whether the connection stays, as the client's version needs it said. */
    void framing(HttpResponse answer, boolean stays) {
        if (!stays) {
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (is1dot0) {
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }
}
