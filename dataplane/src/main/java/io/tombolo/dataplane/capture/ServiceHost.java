package io.tombolo.dataplane.capture;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.OriginForm;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/**
 * On a local port that stands for a service, clients write the local address into Host. The service would refuse that name, so
 * its own is put there; a Host that already is one of the service's names stays. A whole URL is meant as it is written.
 */
public final class ServiceHost extends ChannelInboundHandlerAdapter {
    private final ServicePort service;

    public ServiceHost(ServicePort service) {
        this.service = service;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request && !OriginForm.isWholeUrl(request) && !isOurs(request)) {
            String port = service.port() == 80 ? "" : ":" + service.port();
            request.headers().set(HttpHeaderNames.HOST, service.service().clustersetName() + port);
        }
        ctx.fireChannelRead(message);
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
