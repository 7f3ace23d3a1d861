package io.tombolo.sidecar.boot;

import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.accesslog.TapFilter;
import io.tombolo.dataplane.admin.AdminAnswer;
import io.tombolo.dataplane.admin.AdminListener;
import io.tombolo.dataplane.admin.AdminPages;
import io.tombolo.dataplane.app.AppCheck;
import io.tombolo.dataplane.capture.LocalListener;
import io.tombolo.dataplane.capture.ProxyCredential;
import io.tombolo.dataplane.capture.VirtualAddresses;
import io.tombolo.dataplane.drain.Drain;
import io.tombolo.dataplane.enrol.Enroller;
import io.tombolo.dataplane.enrol.Identity;
import io.tombolo.dataplane.exchange.Capture;
import io.tombolo.dataplane.exchange.Inbound;
import io.tombolo.dataplane.exchange.InboundSettings;
import io.tombolo.dataplane.exchange.Outbound;
import io.tombolo.dataplane.exchange.OwnProbes;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.FeedClient;
import io.tombolo.dataplane.feed.Interests;
import io.tombolo.dataplane.feed.Presence;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.loop.OwnListeners;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.probe.Probes;
import io.tombolo.dataplane.program.OwnPlace;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.tls.TlsEngine;
import io.tombolo.dataplane.trace.Tracing;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.sidecar.boot.Settings.LocalPort;
import io.tombolo.sidecar.boot.Settings.ServedApp;
import io.tombolo.wire.enrol.Role;
import io.tombolo.wire.file.DirectoryLock;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One sidecar process: its rooms, joined. Start and stop block; in between it is busy by itself. */
final class Sidecar {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int LOOK_SECONDS = 5;

    private final Settings settings;
    private final boolean withProgram;
    private final DirectoryLock lock;
    private final Metrics metrics;
    private final Interests interests;
    private final CurrentConfig config;
    private final Enroller enroller;
    private final AccessLog accessLog;
    private final Tracing tracing;
    private final Outbound outbound;
    private final Inbound inbound;
    private final Acceptor acceptor;
    private final Optional<InetSocketAddress> inboundAddress;
    private final ProxyCredential credential = ProxyCredential.random();
    private final LocalListener proxy;
    private final List<LocalListener> localPorts = new ArrayList<>();
    private final Optional<NamedPorts> named;
    private final Optional<TransparentPorts> transparent;
    private final FeedClient feed;
    private final Optional<AppCheck> appCheck;
    private final CompletableFuture<Void> appReady = new CompletableFuture<>();
    private final Drain drain;
    private final OwnProbes ownProbes;
    private final Probes probes;
    private final Loops loops;
    private final AdminListener admin;
    private volatile boolean stopped;

    /**
     * Everything up to listening: the identity first, then the ports.
     * @param withProgram its own ports are then nobody's but the program's, and may be any free ones
     */
    Sidecar(Settings settings, Loops loops, boolean withProgram) {
        this.settings = settings;
        this.withProgram = withProgram;
        this.loops = loops;
        this.metrics = new Metrics(settings.maxSeries());
        this.interests = new Interests(settings.interest(), alwaysCalled(settings));
        this.config = new CurrentConfig(interests);
        this.lock = DirectoryLock.acquire(settings.stateDir());
        this.enroller = Enroller.open(settings.enrol(), CLOCK);
        OwnPlace.demand(Role.ROLE_WORKLOAD, enroller.identity());
        this.accessLog = AccessLog.open(settings.accessLog(), self(enroller.identity()), metrics);
        accessLog.taps().limit(settings.maxTaps());
        this.tracing = Tracing.open(settings.trace(), accessLog.self(), metrics);
        var tls = new MeshTls(
                enroller.svid(), () -> config.get().bundles(), CLOCK, TlsEngine.best(), settings.tlsTimeout());
        var peers = new LivePeers(config, metrics);
        var dialer = new Dialer(
                loops, tls, peers, settings.dialTimeout(), settings.hello().timeout());
        this.outbound = new Outbound(config, dialer, metrics, settings.walk(), accessLog, tracing);
        this.inbound = new Inbound(config, tls, peers, dialer, metrics, inboundSettings(), accessLog, tracing);
        this.acceptor = new Acceptor(loops, settings.accept(), metrics, inbound::begin);
        this.inboundAddress = settings.served().map(app -> acceptor.bind(settings.inbound(), settings.autoPorts()));
        boolean anyPort = settings.autoPorts() || withProgram;
        var capture = new Capture(outbound, credential, metrics);
        int most = settings.maxLocalConnections();
        this.proxy = LocalListener.bind(loops, settings.outbound(), anyPort, most, metrics, capture::proxy);
        for (LocalPort local : settings.bind()) {
            localPorts.add(LocalListener.bind(
                    loops,
                    local.address(),
                    false,
                    most,
                    metrics,
                    channel -> capture.bound(channel, CalleePort.anyone(local.service()))));
        }
        this.named = NamedPorts.open(settings, enroller.identity().instance(), loops, capture, config, metrics);
        named.ifPresent(ports -> interests.keepWhile(ports::hasAddress));
        this.transparent = TransparentPorts.open(settings, loops, capture, outbound, knownAddresses(), metrics);
        settings.served().ifPresent(app -> refuseOwnListener(app, loops.listeners()));
        this.feed =
                new FeedClient(settings.feed(), presence(), enroller, config, Optional.of(interests), metrics, CLOCK);
        this.ownProbes = new OwnProbes(outbound, enroller.identity().instance());
        this.probes = new Probes(loops, tls, settings.probe(), metrics, ownProbes::found);
        this.drain = new Drain(settings.drain(), acceptor, inbound::inWork, this::sayGoodbye);
        this.appCheck =
                settings.served().map(app -> new AppCheck(app.address(), app.check(), app.readiness(), this::appIs));
        this.admin = AdminListener.open(loops, settings.admin(), anyPort, settings.stateDir(), pages());
    }

    /** Begins to follow, to renew, and to look after the application. */
    void start() {
        config.listen((before, after) -> lookAtPaths());
        loops.next().scheduleWithFixedDelay(this::lookAtPaths, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        enroller.start(metrics);
        feed.start();
        feed.tell(outbound.demand());
        appCheck.ifPresentOrElse(AppCheck::start, () -> appReady.complete(null));
    }

    private void lookAtPaths() {
        if (!stopped) {
            ownProbes.look(probes, config.get(), System.nanoTime());
        }
    }

    /** Waits for a configuration; false if there was none in that time. Blocks. */
    boolean awaitConfig(long timeoutMillis) {
        try {
            return feed.awaitState(timeoutMillis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Completes when the application accepted a connection for the first time; at once without one. */
    CompletableFuture<Void> appReady() {
        return appReady;
    }

    /** Goes away: says so, lets what runs end until the deadline. At once if nobody calls in. */
    CompletableFuture<Void> drain() {
        return settings.served().isPresent() ? drain.begin() : CompletableFuture.completedFuture(null);
    }

    /** Closes everything; call it after a drain. */
    void stop() {
        proxy.close();
        localPorts.forEach(LocalListener::close);
        transparent.ifPresent(TransparentPorts::close);
        named.ifPresent(NamedPorts::close);
        acceptor.stopAccepting();
        acceptor.closeConnections();
        outbound.closeIdle();
        stopped = true;
        probes.close();
        appCheck.ifPresent(AppCheck::close);
        admin.close();
        feed.close();
        enroller.close();
        accessLog.close();
        tracing.close();
        lock.close();
    }

    /** What the program gets added to its environment: how to reach the mesh. Holds a secret. */
    Map<String, String> environment() {
        String url = credential.proxyUrl(proxyPort());
        String direct = noProxy(System.getenv().getOrDefault("no_proxy", ""));
        return Map.of("http_proxy", url, "HTTP_PROXY", url, "no_proxy", direct, "NO_PROXY", direct);
    }

    private static String noProxy(String before) {
        String own = "localhost,127.0.0.1,::1";
        return before.isEmpty() ? own : before + "," + own;
    }

    Identity identity() {
        return enroller.identity();
    }

    int proxyPort() {
        return proxy.address().getPort();
    }

    /** Empty if redirected connections are not taken. */
    Optional<Integer> transparentPort() {
        return transparent.map(TransparentPorts::port);
    }

    /** Empty if names are not answered. */
    Optional<Integer> dnsPort() {
        return named.map(ports -> ports.dns().getPort());
    }

    /** Beside those that are declared: what the cluster's network calls services by, and what was given out by name here. */
    private VirtualAddresses knownAddresses() {
        VirtualAddresses clusters = address -> config.get().serviceAt(address).map(Callee.Anyone::new);
        return named.map(NamedPorts::addresses).map(clusters::or).orElse(clusters);
    }

    int adminPort() {
        return admin.port();
    }

    /** Empty if there is no application behind this sidecar. */
    Optional<Integer> inboundPort() {
        return inboundAddress.map(InetSocketAddress::getPort);
    }

    private void appIs(InstanceState state) {
        if (!drain.isDraining()) {
            feed.report(state);
        }
        if (state == InstanceState.READY) {
            appReady.complete(null);
        }
    }

    private void sayGoodbye() {
        feed.report(InstanceState.DRAINING);
        inbound.drain();
    }

    private InboundSettings inboundSettings() {
        Map<ServicePort, HostPort> apps = settings.served()
                .map(app -> Map.of(app.offer().port(), app.address()))
                .orElse(Map.of());
        return new InboundSettings(
                enroller.identity().instance(),
                apps,
                settings.hello(),
                settings.walk().http(),
                settings.walk().http2(),
                settings.appPool(),
                settings.maxConcurrent(),
                settings.walk().tcpIdle(),
                settings.walk().tcpFlush());
    }

    /** Those that have a local port or address of their own. */
    private static Set<ServiceName> alwaysCalled(Settings settings) {
        var all = new HashSet<>(settings.redirects().vips().values());
        settings.bind().forEach(local -> all.add(local.service().service()));
        return all;
    }

    private static Party self(Identity identity) {
        return Party.of(Optional.of(identity.cluster()), identity.svid().id(), Optional.of(identity.instance()));
    }

    private Presence presence() {
        List<HostPort> addresses = settings.advertise().isEmpty()
                ? inboundAddress.map(at -> OwnPlace.address(at, "sidecar.advertise")).stream()
                        .toList()
                : settings.advertise();
        String version = String.valueOf(Sidecar.class.getPackage().getImplementationVersion());
        return new Presence(
                addresses,
                version,
                settings.served().map(ServedApp::offer).stream().toList(),
                settings.zone(),
                settings.weight(),
                settings.hostname(),
                settings.redirects().enabled());
    }

    /** An application that is one of our own ports would get its own calls back for ever. */
    private static void refuseOwnListener(ServedApp app, OwnListeners listeners) {
        if (listeners.has(
                new InetSocketAddress(app.address().host(), app.address().port()))) {
            throw new TomboloException(
                    Fault.RELAY_LOOP,
                    "sidecar.app-port = " + app.address().port(),
                    "is a port that this sidecar itself listens on",
                    "name the application's own port; `sidecar.bind` and `sidecar.outbound.port` are for its calls");
        }
    }

    private AdminPages pages() {
        return new AdminPages()
                .open("GET /healthz", () -> AdminAnswer.text(200, "ok"))
                .open("GET /readyz", this::readiness)
                .apart("GET /metrics", () -> AdminAnswer.metrics(metrics.text()))
                .streamed("GET /tap", asked -> new TapFeed(accessLog.taps().open(TapFilter.parse(asked))))
                .guarded("GET /capture", () -> AdminAnswer.json(captureState().json()))
                .guarded("GET /state", () -> AdminAnswer.json(SidecarState.json(this, config.get(), feed, outbound)));
    }

    private CaptureState captureState() {
        return new CaptureState(
                proxy.address(),
                withProgram,
                settings.bind(),
                named.map(NamedPorts::dns),
                named.map(NamedPorts::vips).orElse(List.of()),
                transparent.map(TransparentPorts::addresses).orElse(List.of()),
                transparent.map(TransparentPorts::redirected).orElse(0L));
    }

    private AdminAnswer readiness() {
        if (drain.isDraining()) {
            return AdminAnswer.text(503, "draining");
        }
        if (config.get().version() == 0) {
            return AdminAnswer.text(503, "no configuration");
        }
        return appReady.isDone() ? AdminAnswer.text(200, "ready") : AdminAnswer.text(503, "application not ready");
    }
}
