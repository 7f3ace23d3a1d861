package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accept.Accepted;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.delegation.Vouched;
import io.tombolo.dataplane.exchange.Accesses.Tls;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.hello.Greeted;
import io.tombolo.dataplane.hello.HelloHandler;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.limit.RateGate;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.policy.Admitted;
import io.tombolo.dataplane.policy.Rarely;
import io.tombolo.dataplane.policy.ServiceGate;
import io.tombolo.dataplane.relay.ClientSide;
import io.tombolo.dataplane.relay.Drainable;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.Http2Side;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.route.Served;
import io.tombolo.dataplane.route.ServedRoute;
import io.tombolo.dataplane.tls.Established;
import io.tombolo.dataplane.tls.MeshTls;
import io.tombolo.dataplane.trace.Tracing;
import io.tombolo.dataplane.traffic.Edge;
import io.tombolo.dataplane.upstream.AppPool;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.dataplane.upstream.HttpSettings;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.traffic.RateLimit;
import io.tombolo.model.traffic.TrafficPolicy;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The walk from the mesh to the application. Safe on any thread; each connection stays on its own loop. */
public final class Inbound {
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final CurrentConfig current;
    private final MeshTls tls;
    private final LivePeers peers;
    private final Dialer dialer;
    private final SidecarMetrics metrics;
    private final InboundSettings settings;
    private final AccessLog accessLog;
    private final Tracing tracing;
    private final Admission admission;
    private final RateGate rates = new RateGate();
    private final Authorization authorization;
    private final Map<EventLoop, AppPool> pools = new ConcurrentHashMap<>();
    private final Map<EventLoop, Edges> edges = new ConcurrentHashMap<>();
    private final HttpSettings limits;
    private final RelayLimits relays;
    private final Rarely forwardedLines = new Rarely(TimeUnit.SECONDS.toNanos(1), System.nanoTime());
    private final Set<Drainable> http = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /** Without traces. */
    public Inbound(
            CurrentConfig current,
            MeshTls tls,
            LivePeers peers,
            Dialer dialer,
            Metrics metrics,
            InboundSettings settings,
            AccessLog accessLog) {
        this(current, tls, peers, dialer, metrics, settings, accessLog, Tracing.off());
    }

    public Inbound(
            CurrentConfig current,
            MeshTls tls,
            LivePeers peers,
            Dialer dialer,
            Metrics metrics,
            InboundSettings settings,
            AccessLog accessLog,
            Tracing tracing) {
        this.current = current;
        this.tls = tls;
        this.peers = peers;
        this.dialer = dialer;
        this.metrics = new SidecarMetrics(metrics);
        this.settings = settings;
        this.accessLog = accessLog;
        this.tracing = tracing;
        this.limits = HttpSettings.of(settings.http(), settings.http2(), metrics);
        this.relays = RelayLimits.of(settings.tcpIdle(), settings.tcpFlush(), metrics);
        this.admission = new Admission(settings.maxConcurrent());
        this.authorization = new Authorization(current, metrics);
        metrics.gauge("tombolo_inbound_in_work", "Requests and TCP connections in work.", admission::inWork);
    }

    /** Takes a connection that came in, on its loop. */
    public void begin(Accepted accepted) {
        accepted.channel()
                .pipeline()
                .addLast(new HelloHandler(
                        accepted, settings.hello(), this::greeted, why -> refuse(accepted.channel(), why)));
    }

    /** No further request is taken; connections end with their current answers. */
    public void drain() {
        draining = true;
        http.forEach(side -> side.channel().eventLoop().execute(side::drain));
    }

    /** Requests and TCP connections that are not done. */
    public int inWork() {
        return admission.inWork();
    }

    private void refuse(Channel channel, Fault why) {
        metrics.fault(why);
        Refusal.DEFAULT.refuse(channel);
    }

    private void greeted(Greeted greeted) {
        greeted.accepted().pending().giveBack();
        Channel channel = greeted.accepted().channel();
        Optional<Served> served = greeted.hello()
                .serverName()
                .flatMap(name ->
                        ServedRoute.find(current.get(), name, settings.apps().keySet(), settings.instance()));
        if (served.isEmpty()) {
            greeted.held().release();
            refuse(channel, Fault.UNKNOWN_SERVER_NAME);
            return;
        }
        List<Alpn> spoken = Forwarded.spoken(served.get());
        tls.server(channel, spoken).addListener((Future<Established> shaken) -> {
            if (shaken.isSuccess()) {
                established(channel, served.get(), shaken.getNow(), spoken);
            } else {
                failed(shaken.cause());
            }
        });
        channel.pipeline().fireChannelRead(greeted.held());
        channel.pipeline().fireChannelReadComplete();
        channel.config().setAutoRead(true);
    }

    private void failed(Throwable cause) {
        if (cause instanceof TomboloException fault) {
            metrics.fault(fault.fault());
        }
        LOG.atDebug().addKeyValue("fault", cause.getMessage()).log("inbound handshake failed");
    }

    private void established(Channel channel, Served served, Established shaken, List<Alpn> spoken) {
        if (!peers.add(channel, shaken.peer())) {
            return;
        }
        Optional<Alpn> agreed = shaken.alpn().filter(spoken::contains);
        if (agreed.isEmpty()) {
            metrics.fault(Fault.UNKNOWN_SERVER_NAME);
            channel.close();
        } else if (agreed.get() == Alpn.TOMBOLO_FWD) {
            new Forwarded(this, channel, served).begin(shaken.peer());
        } else {
            speak(channel, served, shaken.peer().id(), agreed.get());
        }
    }

    /** The caller is known: what it says is for the application behind this sidecar. */
    void speak(Channel channel, Served served, SpiffeId caller, Alpn version) {
        HostPort app = settings.apps().get(served.port());
        if (app == null) {
            throw new IllegalStateException("not offered: " + served.port());
        }
        speak(channel, new Door(served, caller, app), version);
    }

    /**
     * What a verified caller says is for a workload at {@code app}, which has no sidecar of its own. On the channel's loop, TLS and
     * whatever comes before the application's protocol being done.
     */
    public void serve(Channel channel, Served served, SpiffeId caller, Alpn version, HostPort app) {
        speak(channel, new Door(served, caller, app), version);
    }

    /** Who stands where. */
    private record Door(Served served, SpiffeId caller, HostPort app) {}

    private void speak(Channel channel, Door door, Alpn version) {
        edges(channel.eventLoop()).from(channel, source(channel), door.served().port());
        if (version == Alpn.TOMBOLO_TCP) {
            new TcpServe(this, channel, caller(door)).start();
        } else {
            http(channel, door, version);
        }
    }

    ProxyConfig config() {
        return current.get();
    }

    MeshTls tls() {
        return tls;
    }

    Rarely forwardedLines() {
        return forwardedLines;
    }

    LivePeers peers() {
        return peers;
    }

    private void http(Channel channel, Door door, Alpn version) {
        Supplier<Hop> hops = () -> new InboundHop(this, channel, caller(door));
        var complaints = new RefusedHeads(
                metrics,
                accessLog,
                Direction.INBOUND,
                () -> source(channel),
                () -> accessLog.self().as(door.served().port()),
                () -> Tls.of(channel));
        Drainable side = version == Alpn.H2
                ? Http2Side.on(channel, limits, RequestRule.NONE, hops, complaints)
                : ClientSide.on(channel, limits, RequestRule.NONE, hops, complaints);
        http.add(side);
        channel.closeFuture().addListener(closed -> http.remove(side));
        if (draining) {
            side.drain();
        }
    }

    /** Policy as of now: what a connection was allowed when it began may have changed. */
    private Caller caller(Door door) {
        Served served = door.served();
        try {
            Served now = current.get()
                    .served(served.port().service())
                    .map(service -> new Served(served.port(), service, served.protocol()))
                    .orElse(served);
            return new Caller.Welcome(ServiceGate.check(current.get(), now, door.caller()), door.app());
        } catch (TomboloException refused) {
            return new Caller.Unwelcome(served.port(), refused);
        }
    }

    AppPool pool(EventLoop loop) {
        return pools.computeIfAbsent(
                loop,
                its -> new AppPool(its, dialer, limits, settings.appPool(), new SplittableRandom(), metrics.appPool));
    }

    Authorization authorization() {
        return authorization;
    }

    /** Throws RATE_LIMITED. */
    void pace(Admitted admitted) {
        ServiceName service = admitted.port().service();
        Optional<RateLimit> limit = current.get().traffic(service).flatMap(TrafficPolicy::rateLimit);
        if (limit.isPresent()) {
            try {
                rates.take(service, limit.get(), admitted.caller(), System.nanoTime());
            } catch (TomboloException tooFast) {
                metrics.policed.of("rate_limited").increment();
                throw tooFast;
            }
        }
    }

    Admission admission() {
        return admission;
    }

    SidecarMetrics metrics() {
        return metrics;
    }

    Dialer dialer() {
        return dialer;
    }

    Tracing tracing() {
        return tracing;
    }

    AccessLog accessLog() {
        return accessLog;
    }

    private Edges edges(EventLoop loop) {
        return edges.computeIfAbsent(loop, its -> new Edges(its, metrics.traffic, accessLog.self()));
    }

    /** For a request that came by that established connection, and becomes a tunnel. */
    RelayMeter.Running tunnel(Channel channel) {
        return edges(channel.eventLoop()).tunnel(edge(channel));
    }

    /** For a TCP connection that came by that established one, and is about to be relayed. */
    RelayMeter.Running meter(Channel channel) {
        return edges(channel.eventLoop()).meter(edge(channel));
    }

    /** Where what comes by that established connection counts. */
    Edge edge(Channel channel) {
        return Objects.requireNonNull(Edges.of(channel), "not established");
    }

    /** Who calls, and the gateway that vouches for it, if one does. */
    Party source(Channel channel) {
        Optional<Vouched> vouched = Vouched.of(channel);
        if (vouched.isPresent()) {
            return party(vouched.get().caller()).through(vouched.get().gateway());
        }
        Established proved = Established.of(channel);
        return proved == null ? Party.UNKNOWN : party(proved.peer());
    }

    /** Its cluster is the one that vouches for its id; what its certificate says of itself comes second. */
    private Party party(VerifiedPeer peer) {
        Optional<InstanceName.Workload> name = peer.instanceName()
                .filter(InstanceName.Workload.class::isInstance)
                .map(InstanceName.Workload.class::cast);
        ProxyConfig config = current.get();
        TrustDomain vouches = peer.id().trustDomain();
        return Party.of(
                config.member(vouches)
                        .map(MemberEntry::cluster)
                        .or(() -> config.own()
                                .filter(own -> own.trustDomain().equals(vouches))
                                .map(OwnCluster::cluster))
                        .or(() -> name.map(InstanceName.Workload::cluster)),
                peer.id(),
                name.map(InstanceName.Workload::instance));
    }

    RelayLimits relays() {
        return relays;
    }

    InboundSettings settings() {
        return settings;
    }
}
