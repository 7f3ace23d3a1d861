package io.tombolo.dataplane.capture;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.HttpFlaw;
import io.tombolo.dataplane.http1.OriginForm;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/**
 * On a local port that stands for a service, clients write the local address into Host. The service would refuse that name, so
 * its own is put there; a Host that already is one of the service's names stays. A whole URL is meant as it is written.
 */
public final class ServiceHost implements RequestRule {
    private static final int DEFAULT_PORT = 80;

    private final ServicePort service;
    private final String shortName;
    private final String fullName;
    private final String written;

    public ServiceHost(ServicePort service) {
        this.service = service;
        this.shortName = service.service().name() + "." + service.service().namespace();
        this.fullName = service.service().clustersetName();
        this.written = fullName + (service.port() == DEFAULT_PORT ? "" : ":" + service.port());
    }

    @Override
    public Optional<HttpFlaw> apply(HttpRequest request) {
        if (!OriginForm.isWholeUrl(request) && !isOurs(request.headers().get(HttpHeaderNames.HOST, ""))) {
            request.headers().set(HttpHeaderNames.HOST, written);
        }
        return Optional.empty();
    }

    private boolean isOurs(String host) {
        return host.equals(shortName)
                || host.equals(written)
                || Authority.parse(host)
                        .filter(h -> h.host().equals(shortName) || h.host().equals(fullName))
                        .filter(h -> h.port() < 0 || h.port() == service.port())
                        .isPresent();
    }
}
