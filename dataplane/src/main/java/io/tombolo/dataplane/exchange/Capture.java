package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.tombolo.dataplane.capture.ProxyCredential;
import io.tombolo.dataplane.capture.ProxyGate;
import io.tombolo.dataplane.capture.ServiceHost;
import io.tombolo.dataplane.capture.TunnelHost;
import io.tombolo.dataplane.flow.HeldInput;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.relay.ClientSide;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/** Leads captured connections onto the outbound walk. */
public final class Capture {
    private final Outbound outbound;
    private final ProxyCredential credential;
    private final Metrics metrics;

    public Capture(Outbound outbound, ProxyCredential credential, Metrics metrics) {
        this.outbound = outbound;
        this.credential = credential;
        this.metrics = metrics;
    }

    /** A connection to the proxy port, on its loop. */
    public void proxy(Channel channel) {
        outbound.proxied(channel, new ProxyGate(credential, this::tunnel, metrics));
        channel.config().setAutoRead(true);
    }

    /** A connection to a local port or address that stands for {@code callee}, on its loop. */
    public void bound(Channel channel, CalleePort callee) {
        outbound.whenHeld(callee.callee().service(), channel.eventLoop(), () -> known(channel, callee));
    }

    /** The same for one whose endpoints are there, or did not come in time. */
    void known(Channel channel, CalleePort callee) {
        if (isHttp(callee.servicePort())) {
            outbound.http(channel, Optional.of(callee), new ServiceHost(callee.servicePort()));
            channel.config().setAutoRead(true);
        } else {
            var held = new HeldInput();
            channel.pipeline().addLast(held);
            outbound.tcp(
                    channel,
                    callee,
                    relay -> {
                        relay.run();
                        channel.pipeline().remove(held);
                    },
                    refused -> channel.close());
        }
    }

    /** What cannot be routed now is answered as HTTP, for then somebody can read why. */
    private boolean isHttp(ServicePort service) {
        try {
            return ImportRoute.byPort(outbound.config(), service).protocol().isHttp();
        } catch (TomboloException notNow) {
            return true;
        }
    }

    private void tunnel(ProxyGate gate, Authority target) {
        ImportRoute.name(target.host())
                .ifPresentOrElse(
                        service -> outbound.whenHeld(service, gate.channel().eventLoop(), () -> open(gate, target)),
                        () -> open(gate, target));
    }

    private void open(ProxyGate gate, Authority target) {
        try {
            Routed routed = ImportRoute.byHost(outbound.config(), target.host(), target.port());
            Channel channel = gate.channel();
            ClientSide side = channel.pipeline().get(ClientSide.class);
            if (routed.protocol().isHttp()) {
                gate.openBytes();
                side.unwrap(() -> outbound.http(channel, Optional.empty(), new TunnelHost(target)));
                return;
            }
            outbound.tcp(
                    channel,
                    CalleePort.anyone(routed.port()),
                    relay -> {
                        gate.openBytes();
                        side.unwrap(relay);
                    },
                    gate::refuse);
        } catch (TomboloException no) {
            gate.refuse(no);
        }
    }
}
