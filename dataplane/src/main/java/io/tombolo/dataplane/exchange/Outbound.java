package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.demand.Demand;
import io.tombolo.dataplane.exchange.Accesses.Tls;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.dataplane.limit.Occupancies;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.dataplane.outcome.UsedClusters;
import io.tombolo.dataplane.pick.Circumstances;
import io.tombolo.dataplane.protocol.HttpVersionPeek;
import io.tombolo.dataplane.relay.ClientSide;
import io.tombolo.dataplane.relay.Complaints;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.trace.Tracing;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.dataplane.upstream.HttpSettings;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.FailoverDecision;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The walk from the application into the mesh. Safe on any thread; each connection stays on its own loop. */
public final class Outbound {
    private final CurrentConfig current;
    private final Dialer dialer;
    private final SidecarMetrics metrics;
    private final OutboundSettings settings;
    private final AccessLog accessLog;
    private final Tracing tracing;
    private final HttpSettings http;
    private final RelayLimits relays;
    private final Occupancies occupancies = new Occupancies();
    private final UsedClusters used = new UsedClusters();
    private final Demand demand = new Demand(System.nanoTime());
    private final Circumstances circumstances;
    private final Map<EventLoop, OutboundLoop> loops = new ConcurrentHashMap<>();

    /** Without traces. */
    public Outbound(
            CurrentConfig current, Dialer dialer, Metrics metrics, OutboundSettings settings, AccessLog accessLog) {
        this(current, dialer, metrics, settings, accessLog, Tracing.off());
    }

    public Outbound(
            CurrentConfig current,
            Dialer dialer,
            Metrics metrics,
            OutboundSettings settings,
            AccessLog accessLog,
            Tracing tracing) {
        this.current = current;
        this.circumstances = new Circumstances(
                current::hearsController,
                InstantSource.system(),
                ThreadLocalRandom.current().nextDouble());
        this.dialer = dialer;
        this.metrics = new SidecarMetrics(metrics);
        this.settings = settings;
        this.accessLog = accessLog;
        this.tracing = tracing;
        this.http = HttpSettings.of(settings.http(), settings.http2(), metrics);
        this.relays = RelayLimits.of(settings.tcpIdle(), settings.tcpFlush(), metrics);
        current.listen((before, after) -> {
            occupancies.retain(service -> after.traffic(service).isPresent());
            loops.values().forEach(loop -> loop.loop.execute(() -> loop.follow(before, after)));
        });
        metrics.gauge("tombolo_upstream_connections_open", "Mesh connections of HTTP.", this::open);
        metrics.gauge(
                "tombolo_ejected_instances",
                "Instances that are ejected now, by how many event loops each.",
                () -> loops.values().stream().mapToInt(OutboundLoop::ejected).sum());
    }

    /**
     * Speaks HTTP/1.1 or HTTP/2, as the client begins, on an accepted connection. On its loop.
     * @param fixed whom all its requests are for; empty = each names its own in Host
     * @param rule  sees every request first
     */
    public void http(Channel channel, Optional<CalleePort> fixed, RequestRule rule) {
        OutboundLoop loop = loop(channel.eventLoop());
        Supplier<Hop> hops = () -> new OutboundHop(loop, fixed, channel.remoteAddress());
        channel.pipeline()
                .addLast(
                        new HttpVersionPeek(settings.http(), new Peeked(channel, http, rule, hops, complaints(fixed))));
    }

    /**
     * Speaks HTTP/1.1 as a proxy on an accepted connection. On its loop.
     * @param gate sees every request first
     */
    public void proxied(Channel channel, ChannelHandler gate) {
        OutboundLoop loop = loop(channel.eventLoop());
        Supplier<Hop> hops = () -> new OutboundHop(loop, Optional.empty(), channel.remoteAddress());
        ClientSide.on(channel, http, RequestRule.NONE, hops, complaints(Optional.empty()), gate);
    }

    private Complaints complaints(Optional<CalleePort> fixed) {
        return new RefusedHeads(
                metrics,
                accessLog,
                Direction.OUTBOUND,
                accessLog::self,
                () -> fixed.map(CalleePort::servicePort).map(Party::of).orElse(Party.UNKNOWN),
                () -> Tls.NONE);
    }

    /**
     * Finds a destination for one TCP connection and relays to it; {@code channel} must not read meanwhile. On its loop.
     * @param opened  the destination is there: takes the start of the relay and runs it when the pipeline ends in bytes
     * @param refused there is none, the channel is as it was
     */
    public void tcp(Channel channel, CalleePort wanted, Consumer<Runnable> opened, Consumer<TomboloException> refused) {
        new TcpCall(loop(channel.eventLoop()), channel, wanted, opened, refused).start();
    }

    /** How calls of {@code port} are divided over clusters now, on each loop that made some. */
    public CompletableFuture<Map<Integer, FailoverDecision>> decisions(ServicePort port) {
        var result = new ConcurrentHashMap<Integer, FailoverDecision>();
        var asked = loops.values().stream()
                .map(loop -> CompletableFuture.runAsync(
                        () -> loop.picker
                                .lastDecision(port)
                                .ifPresent(decision -> result.put(loop.loop.hashCode(), decision)),
                        loop.loop))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(asked).thenApply(done -> result);
    }

    /** What a probe of this sidecar found on a path: every loop takes it as evidence of its own. Any thread. */
    public void measured(PathHealth health) {
        loops.values().forEach(loop -> loop.loop.execute(() -> loop.measured(health)));
    }

    /** What is asked for of each service. */
    public Demand demand() {
        return demand;
    }

    Circumstances circumstances() {
        return circumstances;
    }

    /** Connections by that path are open, and nothing comes back: every loop moves what it can. Any thread. */
    public void fellSilent(PathKey path) {
        loops.values().forEach(loop -> loop.loop.execute(() -> loop.fellSilent(path)));
    }

    Occupancies occupancies() {
        return occupancies;
    }

    UsedClusters usedClusters() {
        return used;
    }

    /** Closes idle mesh connections; those in use end with their requests. */
    public void closeIdle() {
        loops.values().forEach(loop -> loop.loop.execute(loop.pool::closeIdle));
    }

    ProxyConfig config() {
        return current.get();
    }

    void used(ServiceName service, long nowNanos) {
        current.used(service, nowNanos);
    }

    /** Goes on, on that loop, when the endpoints of that service are there, or are not in time; at once if they are there. */
    void whenHeld(ServiceName service, EventLoop loop, Runnable then) {
        if (!config().isHeldBack(service)) {
            then.run();
        } else {
            current.require(service, System.nanoTime()).thenRunAsync(then, loop);
        }
    }

    Dialer dialer() {
        return dialer;
    }

    SidecarMetrics metrics() {
        return metrics;
    }

    Tracing tracing() {
        return tracing;
    }

    AccessLog accessLog() {
        return accessLog;
    }

    HttpSettings http() {
        return http;
    }

    RelayLimits relays() {
        return relays;
    }

    OutboundSettings settings() {
        return settings;
    }

    private OutboundLoop loop(EventLoop loop) {
        return loops.computeIfAbsent(loop, its -> new OutboundLoop(its, this));
    }

    /** Read while loops write: an estimate. */
    private double open() {
        return loops.values().stream().mapToInt(loop -> loop.pool.open()).sum();
    }
}
