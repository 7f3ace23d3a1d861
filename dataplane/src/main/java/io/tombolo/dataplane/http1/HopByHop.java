package io.tombolo.dataplane.http1;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Removes what is meant for one connection only (RFC 9110 §7.6.1). */
public final class HopByHop {
    private static final List<CharSequence> ALWAYS = List.of(
            HttpHeaderNames.CONNECTION,
            AsciiString.cached("keep-alive"),
            AsciiString.cached("proxy-connection"),
            HttpHeaderNames.PROXY_AUTHENTICATE,
            HttpHeaderNames.PROXY_AUTHORIZATION,
            HttpHeaderNames.TE,
            HttpHeaderNames.UPGRADE,
            AsciiString.cached("http2-settings"));

    /** What a Connection header cannot take away: it would change what the next hop understands. */
    private static final Set<String> NEVER = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "trailer",
            "expect",
            "authorization",
            "cookie",
            "set-cookie");

    private static final String MESH = "tombolo";

    private HopByHop() {}

    /**
     * Whether only sidecars write headers of that name. With an underscore it is another name, but not to applications that
     * get headers as variables, as CGI and WSGI have it.
     */
    public static boolean isOfTheMesh(CharSequence name) {
        return name.length() > MESH.length()
                && AsciiString.regionMatches(name, true, 0, MESH, 0, MESH.length())
                && "-_".indexOf(name.charAt(MESH.length())) >= 0;
    }

    /** The same, of what ends a body and may have trailers. */
    public static void removeFromTrailers(HttpContent content) {
        if (content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
            removeFromTrailers(last.trailingHeaders());
        }
    }

    /** Removes from trailers what is meant for one connection, and what sidecars alone say, which they do in heads. */
    public static void removeFromTrailers(HttpHeaders trailers) {
        for (String name : trailers.names()) {
            if (isOfTheMesh(name)) {
                trailers.remove(name);
            }
        }
        for (CharSequence name : ALWAYS) {
            trailers.remove(name);
        }
    }

    /** Removes them from {@code headers}; the framing headers stay as they are. */
    public static void remove(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.CONNECTION)) {
            removeNamed(headers);
        }
        for (CharSequence name : ALWAYS) {
            headers.remove(name);
        }
    }

    private static void removeNamed(HttpHeaders headers) {
        for (String named : named(headers)) {
            if (!NEVER.contains(named) && !isOfTheMesh(named)) {
                headers.remove(named);
            }
        }
    }

    private static List<String> named(HttpHeaders headers) {
        var names = new ArrayList<String>();
        for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String part : value.split(",", -1)) {
                String name = part.strip().toLowerCase(Locale.ROOT);
                if (Syntax.isToken(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
