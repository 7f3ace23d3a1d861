package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.tombolo.model.httproute.AskedFor;
import java.util.List;
import java.util.Optional;

/** A request as routes look at it. For one decision: it does not follow changes of the request. */
final class AskedRequest implements AskedFor {
    private final HttpRequest request;
    private final int pathEnd;

    AskedRequest(HttpRequest request) {
        this.request = request;
        int mark = request.uri().indexOf('?');
        this.pathEnd = mark < 0 ? request.uri().length() : mark;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        return request.uri().substring(0, pathEnd);
    }

    /** The query with its question mark; empty text if there is none. */
    String rest() {
        return request.uri().substring(pathEnd);
    }

    /** Only {@code &} divides parameters: what a semicolon means is the application's affair. */
    @Override
    public Optional<String> query(String name) {
        String query = rest();
        for (int at = 1; at < query.length(); ) {
            int end = query.indexOf('&', at);
            String one = query.substring(at, end < 0 ? query.length() : end);
            int equals = one.indexOf('=');
            if (decoded(equals < 0 ? one : one.substring(0, equals)).equals(name)) {
                return Optional.of(equals < 0 ? "" : decoded(one.substring(equals + 1)));
            }
            at = end < 0 ? query.length() : end + 1;
        }
        return Optional.empty();
    }

    /** What cannot be decoded means what is written, and hides no other parameter. */
    private static String decoded(String part) {
        try {
            return QueryStringDecoder.decodeComponent(part);
        } catch (IllegalArgumentException malformed) {
            return part;
        }
    }

    @Override
    public Optional<String> header(String lowerCaseName) {
        List<String> said = request.headers().getAll(lowerCaseName);
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(",", said));
    }
}
