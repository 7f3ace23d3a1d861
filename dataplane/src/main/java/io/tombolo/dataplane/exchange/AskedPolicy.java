package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.model.authorization.AskedHttp;
import java.util.List;

/** A request as policies look at it. */
record AskedPolicy(HttpRequest request) implements AskedHttp {
    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String target() {
        return request.uri();
    }

    @Override
    public List<String> headers(String lowerCaseName) {
        return request.headers().getAll(lowerCaseName);
    }
}
