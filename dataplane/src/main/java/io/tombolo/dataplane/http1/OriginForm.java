package io.tombolo.dataplane.http1;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * A request that names a whole {@code http://} URL, as proxies get them and servers must take them (RFC 9112 §3.2.2), as
 * everybody else writes it: the URL's authority becomes Host, whatever Host was.
 */
public final class OriginForm {
    private static final String SCHEME = "http://";

    private OriginForm() {}

    /** Whether the target is a whole URL. */
    public static boolean isWholeUrl(HttpRequest request) {
        return request.uri().toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /**
     * Changes the request.
     * @return false, and nothing is changed, if it names no whole URL or one with a malformed host
     */
    public static boolean make(HttpRequest request) {
        Optional<Authority> authority =
                isWholeUrl(request) ? Authority.parse(TargetCheck.authority(request.uri())) : Optional.empty();
        authority.ifPresent(target -> change(request, target));
        return authority.isPresent();
    }

    private static void change(HttpRequest request, Authority target) {
        String uri = request.uri();
        String rest = uri.substring(SCHEME.length() + TargetCheck.authority(uri).length());
        boolean wholeServer = rest.isEmpty() && request.method().equals(HttpMethod.OPTIONS);
        request.setUri(wholeServer ? "*" : rest.startsWith("/") ? rest : "/" + rest);
        request.headers().set(HttpHeaderNames.HOST, target.toString());
    }
}
