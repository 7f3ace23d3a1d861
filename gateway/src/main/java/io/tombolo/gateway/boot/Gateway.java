package io.tombolo.gateway.boot;

import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.admin.AdminAnswer;
import io.tombolo.dataplane.admin.AdminListener;
import io.tombolo.dataplane.admin.AdminPages;
import io.tombolo.dataplane.drain.Drain;
import io.tombolo.dataplane.enrol.Enroller;
import io.tombolo.dataplane.enrol.Identity;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.FeedClient;
import io.tombolo.dataplane.feed.Presence;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.probe.ProbeAnswerer;
import io.tombolo.dataplane.probe.ProbeResult;
import io.tombolo.dataplane.probe.Probes;
import io.tombolo.dataplane.program.OwnPlace;
import io.tombolo.dataplane.session.Passthrough;
import io.tombolo.dataplane.terminate.Terminate;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.upstream.AddressDialer;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.wire.enrol.Role;
import io.tombolo.wire.file.DirectoryLock;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One gateway process: its rooms, joined. Start and stop block; in between it is busy by itself. */
final class Gateway {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Settings settings;
    private final DirectoryLock lock;
    private final Metrics metrics = new Metrics();
    private final CurrentConfig config = new CurrentConfig();
    private final Enroller enroller;
    private final AccessLog accessLog;
    private final ProbeAnswerer answerer;
    private final Acceptor acceptor;
    private final Passthrough passthrough;
    private final Terminate terminate;
    private final Drain drain;
    private final InetSocketAddress listening;
    private final FeedClient feed;
    private final PeerProbes peerProbes;
    private final Probes probes;
    private final AdminListener admin;
    private final Optional<AdminListener> health;

    /** Everything up to listening: the identity first, then the ports, then the feed. */
    Gateway(Settings settings, Loops loops, Runnable whenDrained) {
        this.settings = settings;
        this.lock = DirectoryLock.acquire(settings.stateDir());
        this.enroller = Enroller.open(settings.enrol(), CLOCK);
        OwnPlace.demand(Role.ROLE_GATEWAY, enroller.identity());
        this.accessLog = AccessLog.open(settings.accessLog(), self(enroller.identity()), metrics);
        var tls = new MeshTls(
                enroller.svid(),
                () -> config.get().bundles(),
                CLOCK,
                TlsEngine.best(),
                settings.probe().dialTimeout());
        this.answerer = new ProbeAnswerer(tls, this::isDraining, metrics);
        this.terminate =
                TerminateMode.of(settings, loops, enroller.identity().instance(), config, tls, metrics, accessLog);
        this.passthrough = new Passthrough(
                config,
                settings.session(),
                new AddressDialer(loops, settings.dial(), metrics),
                answerer,
                terminate,
                metrics,
                accessLog);
        this.acceptor = new Acceptor(loops, settings.accept(), metrics, passthrough::begin);
        this.listening = acceptor.bind(settings.listen(), settings.autoPorts());
        this.feed = new FeedClient(settings.feed(), presence(), enroller, config, Optional.empty(), metrics, CLOCK);
        this.drain = new Drain(settings.drain(), acceptor, passthrough::active, this::announceDrain);
        this.peerProbes = new PeerProbes(feed);
        this.probes = new Probes(loops, tls, settings.probe(), metrics, this::found);
        this.admin = AdminListener.open(
                loops, settings.admin(), settings.autoPorts(), settings.stateDir(), pages(whenDrained));
        this.health = settings.health()
                .map(port -> AdminListener.health(loops, port, settings.autoPorts(), healthPages(), metrics));
    }

    /** Begins to follow, to renew and to measure. */
    void start() {
        config.listen(this::changed);
        peerProbes.reportFrom(probes);
        enroller.start(metrics);
        feed.report(InstanceState.READY);
        feed.start();
    }

    /** On the feed's thread. */
    private void changed(ProxyConfig before, ProxyConfig after) {
        answerer.closeIf(after::isRevoked);
        acceptor.closeFrom(Eviction.addresses(before, after));
        probes.measure(PeerProbes.targets(after));
    }

    /** Goes away: says so, lets what runs end until the deadline. */
    CompletableFuture<Void> drain() {
        return drain.begin();
    }

    private void announceDrain() {
        feed.report(InstanceState.DRAINING);
        terminate.drain();
    }

    /** Closes everything; call it after a drain. */
    void stop() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
        admin.close();
        health.ifPresent(AdminListener::close);
        probes.close();
        peerProbes.close();
        feed.close();
        enroller.close();
        accessLog.close();
        lock.close();
    }

    Identity identity() {
        return enroller.identity();
    }

    int port() {
        return listening.getPort();
    }

    int adminPort() {
        return admin.port();
    }

    /** Empty if there is no port for load balancers. */
    Optional<Integer> healthPort() {
        return health.map(AdminListener::port);
    }

    private void found(Optional<ProbeResult> before, ProbeResult after) {
        peerProbes.found(probes, before, after);
    }

    private boolean isDraining() {
        return drain.isAnnounced();
    }

    private static Party self(Identity identity) {
        return Party.of(Optional.of(identity.cluster()), identity.svid().id(), Optional.of(identity.instance()));
    }

    private Presence presence() {
        List<HostPort> addresses = settings.advertise().isEmpty()
                ? List.of(OwnPlace.address(listening, "gateway.advertise"))
                : settings.advertise();
        String version = String.valueOf(Gateway.class.getPackage().getImplementationVersion());
        return new Presence(addresses, version, List.of(), settings.zone(), settings.weight(), Optional.empty(), false);
    }

    private AdminPages pages(Runnable whenDrained) {
        return healthPages()
                .guarded("GET /metrics", () -> AdminAnswer.metrics(metrics.text()))
                .guarded("GET /state", () -> AdminAnswer.json(GatewayState.json(this, config.get(), probes, feed)))
                .guarded("POST /drain", () -> {
                    drain.begin().thenRun(whenDrained);
                    return AdminAnswer.text(202, "draining");
                });
    }

    private AdminPages healthPages() {
        return new AdminPages()
                .open("GET /healthz", () -> AdminAnswer.text(200, "ok"))
                .open("GET /readyz", this::readiness);
    }

    private AdminAnswer readiness() {
        if (drain.isDraining()) {
            return AdminAnswer.text(503, "draining");
        }
        return config.get().version() > 0 ? AdminAnswer.text(200, "ready") : AdminAnswer.text(503, "no configuration");
    }
}
