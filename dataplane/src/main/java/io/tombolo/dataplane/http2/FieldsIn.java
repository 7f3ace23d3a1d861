package io.tombolo.dataplane.http2;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.tombolo.dataplane.http1.Syntax;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a header list without pseudo-headers, if HTTP/1.1 can say them as well (RFC 9113 §8.2, §10.3). */
final class FieldsIn {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");

    /** To applications that get headers as variables they are what frames a message in HTTP/1.1. */
    private static final Set<String> LOOKS_LIKE_FRAMING = Set.of("content_length", "transfer_encoding");

    private static final int LONGEST_LENGTH = 18;

    private FieldsIn() {}

    /** Empty if they are malformed. */
    static Optional<HttpHeaders> read(Http2Headers list, int maxFields) {
        if (list.size() > maxFields) {
            return Optional.empty();
        }
        HttpHeaders fields =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (Map.Entry<CharSequence, CharSequence> entry : list) {
            CharSequence name = entry.getKey();
            if (name.isEmpty() || name.charAt(0) != ':') {
                if (!isGood(name, entry.getValue())) {
                    return Optional.empty();
                }
                add(fields, name, entry.getValue());
            }
        }
        return hasOneLength(fields) ? Optional.of(fields) : Optional.empty();
    }

    /** RFC 9113 §8.2.3: a cookie may come in pieces, which HTTP/1.1 has no way to say. */
    private static void add(HttpHeaders fields, CharSequence name, CharSequence value) {
        boolean more = HttpHeaderNames.COOKIE.contentEquals(name) && fields.contains(HttpHeaderNames.COOKIE);
        if (more) {
            fields.set(HttpHeaderNames.COOKIE, fields.get(HttpHeaderNames.COOKIE) + "; " + value);
        } else {
            fields.add(AsciiString.of(name), value.toString());
        }
    }

    private static boolean isGood(CharSequence name, CharSequence value) {
        String text = name.toString();
        return isName(text)
                && isValue(value)
                && !OF_THE_CONNECTION.contains(text)
                && !LOOKS_LIKE_FRAMING.contains(text)
                && (!HttpHeaderNames.TE.contentEquals(name) || AsciiString.contentEquals("trailers", value));
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return false;
            }
        }
        return Syntax.isToken(name);
    }

    private static boolean isValue(CharSequence value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return length == 0 || (!isBlank(value.charAt(0)) && !isBlank(value.charAt(length - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean hasOneLength(HttpHeaders fields) {
        var lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.isEmpty()) {
            return true;
        }
        String said = lengths.getFirst();
        return lengths.size() == 1 && said.length() <= LONGEST_LENGTH && Syntax.isNumber(said);
    }
}
