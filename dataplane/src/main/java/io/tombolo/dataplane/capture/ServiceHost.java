package io.tombolo.dataplane.capture;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/**
 * On a local port that stands for a service, clients write the local address into Host. The service would refuse that name, so
 * its own is put there; a Host that already is one of the service's names stays.
 */
public record ServiceHost(ServicePort service) implements RequestRule {
    private static final int DEFAULT_PORT = 80;

    @Override
    public Optional<HttpFlaw> apply(HttpRequest request) {
        if (!isOurs(request)) {
            String port = service.port() == DEFAULT_PORT ? "" : ":" + service.port();
            request.headers().set(HttpHeaderNames.HOST, service.service().clustersetName() + port);
        }
        return Optional.empty();
    }

    private boolean isOurs(HttpRequest request) {
        Optional<Authority> host = Authority.parse(request.headers().get(HttpHeaderNames.HOST, ""));
        String shortName = service.service().name() + "." + service.service().namespace();
        return host.filter(h -> h.host().equals(shortName)
                        || h.host().equals(service.service().clustersetName()))
                .filter(h -> h.port() < 0 || h.port() == service.port())
                .isPresent();
    }
}
