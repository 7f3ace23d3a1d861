package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.tombolo.model.httproute.AskedFor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as routes look at it. For one decision: it does not follow changes of the request. */
final class AskedRequest implements AskedFor {
    private final HttpRequest request;
    private final int pathEnd;
    private Optional<Map<String, List<String>>> parameters = Optional.empty();

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

    @Override
    public Optional<String> query(String name) {
        if (parameters.isEmpty()) {
            parameters = Optional.of(decoded());
        }
        return parameters.get().getOrDefault(name, List.of()).stream().findFirst();
    }

    /** What cannot be decoded is no parameter. */
    private Map<String, List<String>> decoded() {
        try {
            return new QueryStringDecoder(request.uri()).parameters();
        } catch (IllegalArgumentException malformed) {
            return Map.of();
        }
    }

    @Override
    public Optional<String> header(String lowerCaseName) {
        List<String> said = request.headers().getAll(lowerCaseName);
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(",", said));
    }
}
