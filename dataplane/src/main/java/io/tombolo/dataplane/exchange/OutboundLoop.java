package io.tombolo.dataplane.exchange;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.limit.Occupancies;
import io.tombolo.dataplane.limit.RetryBudgets;
import io.tombolo.dataplane.limit.ServiceLimits;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.Outcomes;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.dataplane.outcome.Paths;
import io.tombolo.dataplane.pick.Call;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.pick.Picker;
import io.tombolo.dataplane.pick.Tried;
import io.tombolo.dataplane.policy.ImportGate;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.trace.Tracing;
import io.tombolo.dataplane.upstream.DialFailure;
import io.tombolo.dataplane.upstream.Dialer;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.dataplane.upstream.MeshPool;
import io.tombolo.dataplane.upstream.Pooled;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.model.traffic.TrafficPolicy;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything outbound that belongs to one loop: its evidence, its choices, its connections. */
final class OutboundLoop {
    private static final Logger LOG = LoggerFactory.getLogger(OutboundLoop.class);

    private static final long STANDBY_SECONDS = 1;

    final EventLoop loop;
    final Outcomes outcomes;
    final Picker picker;
    final MeshPool pool;
    final Dialer dialer;
    final SidecarMetrics metrics;
    final Edges edges;
    final RandomGenerator random = new SplittableRandom();
    private final Paths paths;
    private final PathWatch watch;
    private final Outbound outbound;
    private final Standby standby;
    private volatile int ejected;
    private final RetryBudgets retryBudgets;

    OutboundLoop(EventLoop loop, Outbound outbound) {
        OutboundSettings settings = outbound.settings();
        this.loop = loop;
        this.outbound = outbound;
        this.metrics = outbound.metrics();
        this.edges = new Edges(loop, metrics.traffic, outbound.accessLog().self());
        this.dialer = outbound.dialer();
        this.outcomes = new Outcomes(random);
        this.paths = new Paths(random);
        this.picker = new Picker(settings.failover(), outbound.circumstances(), outcomes, paths, random);
        this.pool = new MeshPool(loop, dialer, outbound.http(), settings.pool(), random, metrics.pool);
        this.watch = new PathWatch(loop, dialer, paths, outbound::config, this::fellSilent);
        this.retryBudgets = new RetryBudgets(settings.retryBudget());
        this.standby = new Standby(settings.standby());
        loop.scheduleWithFixedDelay(this::keepStandby, STANDBY_SECONDS, STANDBY_SECONDS, TimeUnit.SECONDS);
    }

    ProxyConfig config() {
        return outbound.config();
    }

    OutboundSettings settings() {
        return outbound.settings();
    }

    RelayLimits relays() {
        return outbound.relays();
    }

    /** Picks for the next attempt, and notes which cluster is in use. What could not go elsewhere is nothing to divide. */
    Picked pick(Permit permit, Tried tried, Call call) {
        if (tried.isEmpty() && !permit.routed().isOfOne()) {
            outbound.demand().called(permit.routed().port().service(), call.urgency());
        }
        try {
            Picked picked = picker.pick(permit, config(), tried, call, System.nanoTime());
            picked.path().ifPresent(this::isUsed);
            return picked;
        } catch (TomboloException refused) {
            if (refused.fault() == Fault.NO_CAPACITY) {
                metrics.shed.of(Integer.toString(call.urgency())).increment();
            }
            throw refused;
        }
    }

    private void isUsed(PathKey path) {
        outbound.usedClusters().used(path.cluster(), System.nanoTime());
    }

    /** A connection to who was picked: a kept one only by a path that neither failed this request nor is silent or about to end. */
    Future<Pooled<EndpointKey>> acquire(
            Picked picked, Optional<ServiceLimits> limits, Alpn version, boolean fresh, Tried tried) {
        return pool.acquire(
                picked,
                limits,
                version,
                fresh,
                path -> !tried.has(path) && !paths.isSilent(path) && !PathChanges.isDraining(config(), path));
    }

    RetryBudgets retryBudgets() {
        return retryBudgets;
    }

    /** As of a second ago; any thread. */
    int ejected() {
        return ejected;
    }

    Occupancies occupancies() {
        return outbound.occupancies();
    }

    Tracing tracing() {
        return outbound.tracing();
    }

    AccessLog accessLog() {
        return outbound.accessLog();
    }

    Blame blameOfDial(Picked picked) {
        return picked.path().isPresent() ? Blame.NETWORK : Blame.SIDECAR;
    }

    /** Who was called, as the access log shows it: what was called, and who proved to be there, or else who was picked. */
    static Party destination(Optional<ServicePort> called, Optional<Picked> picked, Optional<Dialled> by) {
        Party there = by.map(dialled -> Party.of(
                        Optional.of(dialled.endpoint().cluster()),
                        dialled.server(),
                        dialled.endpoint().instance()))
                .or(() ->
                        picked.map(Picked::endpoint).map(meant -> Party.UNKNOWN.in(meant.cluster(), meant.instance())))
                .orElse(Party.UNKNOWN);
        return called.map(there::as).orElse(there);
    }

    /** A probe of our own on that path ended. */
    void measured(PathHealth health) {
        var path = new PathKey(health.cluster(), health.gateway());
        switch (health.state()) {
            case UP -> paths.worked(path, TimeUnit.MICROSECONDS.toNanos(health.rttMicros()));
            case DOWN -> {
                if (paths.state(path) != PathHealth.State.DOWN) {
                    watch.failed(path); // asks again by itself, also when the probe is not wanted any more
                }
            }
            case UNKNOWN -> {
                // nothing was found out
            }
        }
    }

    /**
     * Connections by that path are open, and nothing comes back. Who waits for an answer and may ask twice asks elsewhere, if
     * there is somebody; the others go on waiting, for it may have been a long moment only, and are cut if it was not.
     */
    void fellSilent(PathKey path) {
        if (paths.fellSilent(path, System.nanoTime())) {
            metrics.fault(Fault.PATH_SILENT);
            pool.leaveSilent(path);
            long after = settings().cutSilentAfter().toNanos();
            loop.schedule(() -> cut(path, after), after, TimeUnit.NANOSECONDS);
        }
    }

    private void cut(PathKey path, long after) {
        if (paths.isSilentFor(path, after, System.nanoTime())) {
            pool.cut(path);
        }
    }

    /** Whether another attempt would go by a way of which nobody knows that it is down. */
    boolean hasOtherWay(Permit permit, Tried tried, Call call) {
        try {
            Picked next = picker.pick(permit, config(), tried, call, System.nanoTime());
            return next.path()
                    .map(path -> !tried.has(path) && paths.state(path) != PathHealth.State.DOWN)
                    .orElse(true);
        } catch (TomboloException nobody) {
            return false;
        }
    }

    /** A connection was made: its path works and its endpoint is there. */
    void connected(Dialled dialled) {
        dialled.path().ifPresent(path -> paths.worked(path, dialled.rttNanos()));
        outcomes.connected(dialled.endpoint());
        edges.to(dialled);
    }

    /** No connection was made: says against whom that speaks, and returns the fault for the caller. */
    TomboloException notConnected(Picked picked, Throwable cause, Tried tried) {
        if (!(cause instanceof DialFailure failure)) {
            return full(cause);
        }
        metrics.fault(failure.fault().fault());
        metrics.blame(blameOfDial(picked));
        edges.to(picked)
                .notConnected(blameOfDial(picked), failure.fault().fault().code());
        LOG.atDebug()
                .addKeyValue("endpoint", picked.endpoint())
                .addKeyValue("fault", failure.fault().getMessage())
                .log("dial failed");
        learn(picked, failure, tried);
        return failure.fault();
    }

    /** Nothing was dialled, because no more may be. */
    private TomboloException full(Throwable cause) {
        TomboloException why = cause instanceof TomboloException fault ? fault : bug(cause);
        metrics.fault(why.fault());
        if (why.fault() == Fault.OVER_LIMIT) {
            metrics.policed.of("over_connections").increment();
        }
        return why;
    }

    private void learn(Picked picked, DialFailure failure, Tried tried) {
        picked.path()
                .ifPresentOrElse(path -> failed(failure, picked, path, tried), () -> failed(failure, picked, tried));
    }

    /** Only the endpoint itself can be meant. */
    private void failed(DialFailure failure, Picked picked, Tried tried) {
        outcomes.refused(picked.endpoint(), System.nanoTime());
        switch (failure.stage()) {
            case CONNECT, REFUSED -> tried.refused(picked.endpoint());
            case CUT, LATE -> tried.broke(picked.endpoint());
        }
        countWrongServer(picked, failure.fault());
    }

    /** The gateway or what is behind it: a silent cut is the way a gateway dies. */
    private void failed(DialFailure failure, Picked picked, PathKey path, Tried tried) {
        tried.path(path);
        switch (failure.stage()) {
            case CONNECT -> watch.failed(path);
            case CUT -> {
                tried.broke(picked.endpoint());
                watch.doubt(path);
            }
            case LATE -> {
                tried.broke(picked.endpoint());
                outcomes.late(picked.endpoint(), System.nanoTime());
                watch.doubt(path);
            }
            case REFUSED -> refusedThrough(picked, path, failure.fault(), tried);
        }
    }

    /** A gateway says no when it knows nobody who could answer, which another gateway may; who may not answer, may not. */
    private void refusedThrough(Picked picked, PathKey path, TomboloException fault, Tried tried) {
        outcomes.refused(picked.endpoint(), System.nanoTime());
        if (fault.fault() == Fault.PEER_UNREACHABLE || fault.fault() == Fault.NOT_TERMINATED) {
            tried.broke(picked.endpoint());
            watch.doubt(path);
        } else {
            tried.refused(picked.endpoint());
        }
        countWrongServer(picked, fault);
    }

    /** A request of HTTP goes out: its service is in use. */
    void used(Permit permit) {
        long now = System.nanoTime();
        if (!permit.routed().isOfOne()) { // whoever else there is would not do
            standby.used(permit, now);
        }
        outbound.used(permit.routed().port().service(), now);
    }

    /** Goes on, on this loop, when the endpoints of that service are there, or are not in time. */
    void whenHeld(ServiceName service, Runnable then) {
        outbound.whenHeld(service, loop, then);
    }

    /** The first failover is not to pay for handshakes, nor for what both ends do for the first time. */
    private void keepStandby() {
        ejected = outcomes.ejectedCount(System.nanoTime());
        standby.missing(System.nanoTime(), this::next, pool::waits).forEach(this::dialStandby);
    }

    private Optional<Picked> next(ServicePort port) {
        try {
            Permit allowed = ImportGate.check(config(), ImportRoute.byPort(config(), port));
            Optional<Picked> next = picker.standby(allowed, config(), System.nanoTime());
            next.flatMap(Picked::path).ifPresent(this::isUsed); // measured before it is needed
            return next;
        } catch (TomboloException notNow) {
            return Optional.empty();
        }
    }

    private void dialStandby(Picked picked) {
        if (!pool.hasRoom() || loop.isShuttingDown()) {
            return;
        }
        acquire(picked, Optional.empty(), usualVersion(picked), true, new Tried())
                .addListener((Future<Pooled<EndpointKey>> found) -> {
                    metrics.standbyDials
                            .of(found.isSuccess() ? "connected" : "failed")
                            .increment();
                    if (found.isSuccess()) {
                        connected(found.getNow().dialled());
                        pool.release(found.getNow());
                    } else if (found.cause() instanceof DialFailure failure) {
                        learn(picked, failure, new Tried());
                    }
                });
    }

    private Alpn usualVersion(Picked picked) {
        try {
            AppProtocol spoken =
                    ImportRoute.byPort(config(), picked.endpoint().port()).protocol();
            return spoken == AppProtocol.HTTP ? Alpn.HTTP_1_1 : Alpn.H2;
        } catch (TomboloException justGone) {
            return Alpn.HTTP_1_1;
        }
    }

    private void countWrongServer(Picked picked, TomboloException fault) {
        if (fault.fault() == Fault.WRONG_SERVER) {
            metrics.wrongServer.increment();
            LOG.atWarn()
                    .addKeyValue("endpoint", picked.endpoint())
                    .addKeyValue("fault", fault.getMessage())
                    .log("wrong server");
        }
    }

    /** The configuration changed: what is known of ways that lead elsewhere now is forgotten, ways that end are left. */
    void follow(ProxyConfig before, ProxyConfig after) {
        PathChanges.moved(before, after).forEach(paths::forget);
        PathChanges.draining(before, after).forEach(pool::closeIdle);
        // What was once seen here may be long ago: a path that is not measured here is asked anew.
        PathChanges.unreached(before, after).stream()
                .filter(path -> paths.state(path) == PathHealth.State.UP)
                .forEach(watch::doubt);
    }

    /** An established connection broke. Nobody is ejected for that. */
    void lost(EndpointKey endpoint, Optional<PathKey> path) {
        metrics.blame(Blame.UNKNOWN);
        path.ifPresent(through -> {
            paths.lost(through, endpoint, System.nanoTime());
            watch.doubt(through);
        });
    }

    /** No answer in time, nor a word of the destination's sidecar: skipped for a moment if there are others, its path asked. */
    void silent(Permit permit, EndpointKey endpoint, Optional<PathKey> path) {
        metrics.blame(Blame.UNKNOWN);
        if (picker.known(permit, config()).size() > 1) {
            outcomes.refused(endpoint, System.nanoTime());
        }
        path.ifPresent(watch::doubt);
    }

    /** An answer says whose doing a failure is. */
    void blamed(Permit permit, Dialled by, Blame blame) {
        EndpointKey endpoint = by.endpoint();
        metrics.blame(blame);
        EjectionPolicy policy = config().traffic(endpoint.port().service())
                .flatMap(TrafficPolicy::ejection)
                .orElse(settings().ejection());
        if (outcomes.failed(endpoint, blame, policy, picker.known(permit, config()), System.nanoTime())) {
            edges.to(by).ejected();
            LOG.atWarn()
                    .addKeyValue("endpoint", endpoint)
                    .addKeyValue("blame", blame)
                    .log("endpoint ejected");
        }
    }

    private static TomboloException bug(Throwable cause) {
        return new TomboloException(Fault.INTERNAL, "outbound call", "" + cause, "please report it", cause);
    }
}
