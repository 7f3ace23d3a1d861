package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accept.Accepted;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.hello.Greeted;
import io.tombolo.dataplane.hello.HelloHandler;
import io.tombolo.dataplane.hello.Refusal;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.dataplane.http2.Http2Counters;
import io.tombolo.dataplane.identity.LivePeers;
import io.tombolo.dataplane.limit.RateGate;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.policy.Admitted;
import io.tombolo.dataplane.policy.ServiceGate;
import io.tombolo.dataplane.relay.ClientSide;
import io.tombolo.dataplane.relay.Drainable;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.Http2Side;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
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
        this.limits = new HttpSettings(settings.http(), settings.http2(), Http2Counters.of(metrics));
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
        List<Alpn> spoken =
                served.get().protocol().isHttp() ? List.of(Alpn.H2, Alpn.HTTP_1_1) : List.of(Alpn.TOMBOLO_TCP);
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
        edges(channel.eventLoop()).from(channel, source(channel), served.port());
        Optional<Alpn> agreed = shaken.alpn().filter(spoken::contains);
        if (agreed.isEmpty()) {
            metrics.fault(Fault.UNKNOWN_SERVER_NAME);
            channel.close();
        } else if (agreed.get() == Alpn.TOMBOLO_TCP) {
            new TcpServe(this, channel, caller(served, shaken.peer().id())).start();
        } else {
            http(channel, served, shaken.peer().id(), agreed.get());
        }
    }

    private void http(Channel channel, Served served, SpiffeId peer, Alpn version) {
        Supplier<Hop> hops = () -> new InboundHop(this, channel, caller(served, peer));
        Runnable flawed = () -> metrics.fault(Fault.BAD_HTTP_HEAD);
        Drainable side = version == Alpn.H2
                ? Http2Side.on(channel, limits, RequestRule.NONE, hops)
                : ClientSide.on(channel, settings.http(), RequestRule.NONE, hops, flawed);
        http.add(side);
        channel.closeFuture().addListener(closed -> http.remove(side));
        if (draining) {
            side.drain();
        }
    }

    /** Policy as of now: what a connection was allowed when it began may have changed. */
    private Caller caller(Served served, SpiffeId peer) {
        try {
            Served now = current.get()
                    .served(served.port().service())
                    .map(service -> new Served(served.port(), service, served.protocol()))
                    .orElse(served);
            HostPort app = settings.apps().get(served.port());
            if (app == null) {
                throw new IllegalStateException("not offered: " + served.port());
            }
            return new Caller.Welcome(ServiceGate.check(current.get(), now, peer), app);
        } catch (TomboloException refused) {
            return new Caller.Unwelcome(served.port(), refused);
        }
    }

    AppPool pool(EventLoop loop) {
        return pools.computeIfAbsent(
                loop,
                its -> new AppPool(its, dialer, limits, settings.appPool(), new SplittableRandom(), metrics.queued));
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
        return edges.computeIfAbsent(loop, its -> new Edges(metrics.traffic, accessLog.self()));
    }

    /** Where what comes by that established connection counts. */
    Edge edge(Channel channel) {
        return Objects.requireNonNull(Edges.of(channel), "not established");
    }

    /** Who calls. Its cluster is the one that vouches for its id; what its certificate says of itself comes second. */
    Party source(Channel channel) {
        Established proved = Established.of(channel);
        if (proved == null) {
            return Party.UNKNOWN;
        }
        Optional<InstanceName.Workload> name = proved.peer()
                .instanceName()
                .filter(InstanceName.Workload.class::isInstance)
                .map(InstanceName.Workload.class::cast);
        ProxyConfig config = current.get();
        TrustDomain vouches = proved.peer().id().trustDomain();
        return Party.of(
                config.member(vouches)
                        .map(MemberEntry::cluster)
                        .or(() -> config.own()
                                .filter(own -> own.trustDomain().equals(vouches))
                                .map(OwnCluster::cluster))
                        .or(() -> name.map(InstanceName.Workload::cluster)),
                proved.peer().id(),
                name.map(InstanceName.Workload::instance));
    }

    InboundSettings settings() {
        return settings;
    }
}
