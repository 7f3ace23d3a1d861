package io.tombolo.dataplane.http2;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.Syntax;
import java.util.Optional;

/** Makes messages of header lists. Empty = malformed (RFC 9113 §8.1.1): the stream is to be reset. */
public final class HeadersIn {
    private static final int LONGEST_METHOD = 32;

    private HeadersIn() {}

    /**
     * A request's head: Host is its authority, and its body, if it has one of unknown length, is chunked. CONNECT is none of
     * what is taken.
     * @param endStream there is no body
     */
    public static Optional<HttpRequest> request(Http2Headers list, boolean endStream, int maxFields) {
        return FieldsIn.read(list, maxFields)
                .filter(fields -> frame(fields, endStream))
                .flatMap(fields -> withHost(list, fields))
                .filter(fields -> list.status() == null && list.scheme() != null)
                .flatMap(fields -> request(list, fields));
    }

    private static Optional<HttpRequest> request(Http2Headers list, HttpHeaders fields) {
        CharSequence method = list.method();
        CharSequence path = list.path();
        if (method == null || path == null || !isMethod(method.toString()) || !isPath(method, path)) {
            return Optional.empty();
        }
        return Optional.of(new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(method.toString()), path.toString(), fields));
    }

    private static boolean isMethod(String text) {
        return text.length() <= LONGEST_METHOD && Syntax.isToken(text);
    }

    private static boolean isPath(CharSequence method, CharSequence path) {
        String text = path.toString();
        boolean whole = text.equals("*") && HttpMethod.OPTIONS.asciiName().contentEquals(method);
        return Syntax.isTarget(text)
                && (text.charAt(0) == '/' || whole)
                && !HttpMethod.CONNECT.asciiName().contentEquals(method);
    }

    /** The two ways to say it must say the same (RFC 9113 §8.3.1). */
    private static Optional<HttpHeaders> withHost(Http2Headers list, HttpHeaders fields) {
        var hosts = fields.getAll(HttpHeaderNames.HOST);
        CharSequence authority = list.authority();
        String said = authority != null ? authority.toString() : hosts.isEmpty() ? "" : hosts.getFirst();
        boolean agree =
                hosts.isEmpty() || (hosts.size() == 1 && hosts.getFirst().equalsIgnoreCase(said));
        if (!agree || Authority.parse(said).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(fields.set(HttpHeaderNames.HOST, said));
    }

    /** An answer's head; status 101 is none of HTTP/2 (RFC 9113 §8.6). */
    public static Optional<HttpResponse> answer(Http2Headers list, int maxFields) {
        String status = String.valueOf(list.status());
        boolean known = status.length() == 3
                && Syntax.isNumber(status)
                && status.charAt(0) >= '1'
                && status.charAt(0) <= '5'
                && !status.equals("101");
        if (!known || list.method() != null) {
            return Optional.empty();
        }
        return FieldsIn.read(list, maxFields)
                .map(fields -> new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(Integer.parseInt(status)), fields));
    }

    /** What follows a body. Nothing in it may frame or address the message. */
    public static Optional<HttpHeaders> trailers(Http2Headers list, int maxFields) {
        boolean pseudo = list.method() != null || list.path() != null || list.status() != null;
        return FieldsIn.read(list, maxFields)
                .filter(fields -> !pseudo && list.authority() == null && list.scheme() == null)
                .filter(fields ->
                        !fields.contains(HttpHeaderNames.CONTENT_LENGTH) && !fields.contains(HttpHeaderNames.HOST));
    }

    private static boolean frame(HttpHeaders fields, boolean endStream) {
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        if (endStream) {
            return length == null || Long.parseLong(length) == 0;
        }
        if (length == null) {
            fields.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
        return true;
    }
}
