package io.tombolo.dataplane.http2;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Makes header lists of messages that were checked when they came in. What is meant for one connection stays out. */
public final class HeadersOut {
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final int PSEUDO = 4;

    private static final Set<String> LEFT_OUT = Set.of(
            "host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");

    private HeadersOut() {}

    /** A request's head. Its scheme is the application's own: plain, as it came to its sidecar. */
    public static Http2Headers request(HttpRequest head) {
        HttpHeaders fields = head.headers();
        Http2Headers list = new DefaultHttp2Headers(false, fields.size() + PSEUDO)
                .method(head.method().asciiName())
                .scheme(HTTP)
                .authority(fields.get(HttpHeaderNames.HOST, ""))
                .path(head.uri());
        return add(list, fields);
    }

    /** An answer's head. */
    public static Http2Headers answer(HttpResponse head) {
        return add(
                new DefaultHttp2Headers(false, head.headers().size() + 1)
                        .status(head.status().codeAsText()),
                head.headers());
    }

    /** What follows a body. */
    public static Http2Headers trailers(HttpHeaders fields) {
        return add(new DefaultHttp2Headers(false, fields.size()), fields);
    }

    private static Http2Headers add(Http2Headers list, HttpHeaders fields) {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            AsciiString name = AsciiString.of(field.getKey()).toLowerCase();
            if (!LEFT_OUT.contains(name.toString())) {
                list.add(name, AsciiString.of(field.getValue()));
            }
        }
        return list;
    }
}
