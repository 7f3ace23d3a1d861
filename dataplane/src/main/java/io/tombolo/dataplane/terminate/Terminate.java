package io.tombolo.dataplane.terminate;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accept.Accepted;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.exchange.Inbound;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.pick.EndpointPick;
import io.tombolo.dataplane.pick.InstancePick;
import io.tombolo.dataplane.pick.Loads;
import io.tombolo.dataplane.policy.AuthorizationGate;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.relay.Relayed;
import io.tombolo.dataplane.tls.Established;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What all connections that end at one gateway share. Safe on every loop. */
public final class Terminate {
    /** Offered whatever the name, so that the handshake tells nothing about it. */
    private static final List<Alpn> OFFERED = List.of(Alpn.H2, Alpn.HTTP_1_1, Alpn.TOMBOLO_TCP);

    private final InstanceId self;
    private final CurrentConfig config;
    private final MeshTls tls;
    private final LivePeers peers;
    private final Dialer dialer;
    private final TerminateSettings settings;
    private final Metrics metrics;
    private final AccessLog accessLog;
    private final AuthorizationGate gate;
    private final Loads loads = new Loads();
    private final InstancePick pick = new InstancePick(loads, new SplittableRandom());
    private final EndpointPick endpoints = new EndpointPick(loads);
    private final Inbound inbound;
    private final Counter handedOver;
    private final RelayLimits relays;
    private final Relayed relayed;
    private final AtomicInteger active = new AtomicInteger();

    /**
     * Makes it ready.
     * @param self    this gateway's own instance
     * @param inbound serves workloads without a sidecar
     */
    public Terminate(
            InstanceId self,
            CurrentConfig config,
            MeshTls tls,
            LivePeers peers,
            Dialer dialer,
            Inbound inbound,
            TerminateSettings settings,
            Metrics metrics,
            AccessLog accessLog) {
        this.self = self;
        this.config = config;
        this.tls = tls;
        this.peers = peers;
        this.dialer = dialer;
        this.inbound = inbound;
        this.settings = settings;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.relays = RelayLimits.of(settings.relayIdle(), settings.relayFlush(), metrics);
        this.relayed = new Relayed(metrics);
        this.gate = new AuthorizationGate(metrics);
        this.handedOver = metrics.counter(
                "tombolo_handed_over_total", "Connections handed over to a sidecar by their caller's own word.");
        metrics.gauge("tombolo_terminated_connections", "Connections that end here and are open.", active::get);
    }

    /** Connections that are not done. */
    public int active() {
        return active.get();
    }

    /** Takes over a connection that has asked for {@code name}, on its loop, before the handshake. */
    public void take(Accepted accepted, Sni.Service name) {
        Channel client = accepted.channel();
        active.incrementAndGet();
        client.closeFuture().addListener(closed -> active.decrementAndGet());
        tls.server(client, OFFERED).addListener((Future<Established> shaken) -> {
            if (shaken.isSuccess()) {
                new TerminateSession(this, accepted, name, shaken.getNow()).begin();
            } else {
                count(shaken.cause() instanceof TomboloException why ? why.fault() : Fault.BAD_CERTIFICATE);
            }
        });
    }

    /** No further request for a workload without a sidecar is taken; connections end with their current answers. */
    public void drain() {
        inbound.drain();
    }

    void count(Fault why) {
        metrics.fault(why).increment();
    }

    InstanceId self() {
        return self;
    }

    ProxyConfig config() {
        return config.get();
    }

    MeshTls tls() {
        return tls;
    }

    LivePeers peers() {
        return peers;
    }

    Dialer dialer() {
        return dialer;
    }

    TerminateSettings settings() {
        return settings;
    }

    RelayLimits relays() {
        return relays;
    }

    Relayed relayed() {
        return relayed;
    }

    AccessLog accessLog() {
        return accessLog;
    }

    AuthorizationGate gate() {
        return gate;
    }

    Loads loads() {
        return loads;
    }

    InstancePick pick() {
        return pick;
    }

    EndpointPick endpoints() {
        return endpoints;
    }

    Inbound inbound() {
        return inbound;
    }

    Counter handedOver() {
        return handedOver;
    }
}
