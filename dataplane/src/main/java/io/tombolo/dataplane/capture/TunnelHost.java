package io.tombolo.dataplane.capture;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http1.RequestRule;
import java.util.Optional;

/** In a tunnel, requests are for who the tunnel leads to, whatever their Host says. */
public record TunnelHost(Authority target) implements RequestRule {
    @Override
    public Optional<HttpFlaw> apply(HttpRequest request) {
        if (!request.uri().startsWith("/") && !request.uri().equals("*")) {
            return Optional.of(HttpFlaw.BAD_TARGET);
        }
        request.headers().set(HttpHeaderNames.HOST, target.toString());
        return Optional.empty();
    }
}
