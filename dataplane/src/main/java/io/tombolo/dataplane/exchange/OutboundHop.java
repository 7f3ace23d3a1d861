package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.exchange.Accesses.Tls;
import io.tombolo.dataplane.exchange.Accesses.Verdict;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.http1.HopByHop;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.pick.Tried;
import io.tombolo.dataplane.policy.ImportGate;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.dataplane.relay.ExchangeEnd;
import io.tombolo.dataplane.relay.GrpcAnswer;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.HttpExchange;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.dataplane.trace.Traced;
import io.tombolo.dataplane.traffic.Edge;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.dataplane.upstream.Pooled;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteRetry;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.outcome.OutcomeHeader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outbound walk of one exchange: route → policy → pick → upstream, and again from pick for another attempt. */
final class OutboundHop implements Hop {
    private static final int DEFAULT_PORT = 80;
    private static final Duration MOST_FOR_THE_WAY = Duration.ofSeconds(1);

    private final OutboundLoop loop;
    private final Optional<ServicePort> fixed;
    private final Tried tried = new Tried();
    private final long startNanos = System.nanoTime();
    private long attemptNanos = startNanos;

    /** A kept connection broke: others that were kept may be as dead, and just not known to be. */
    private boolean brokeBefore;

    private @Nullable Permit permit;
    private @Nullable HttpRequest request;
    private @Nullable ServicePort called;
    private @Nullable Picked lastPicked;
    private @Nullable Dialled by;
    private @Nullable Traced traced;
    private Verdict verdict = Verdict.NOBODY;
    private @Nullable Pooled<EndpointKey> connection;
    private Optional<OutcomeHeader> outcome = Optional.empty();
    private Optional<Duration> answerWithin = Optional.empty();
    private HeaderChange answerChange = HeaderChange.NONE;
    private RouteLimits limits = RouteLimits.NONE;

    /** Says more than that nobody else is left. */
    private Optional<TomboloException> failedBefore = Optional.empty();

    OutboundHop(OutboundLoop loop, Optional<ServicePort> fixed) {
        this.loop = loop;
        this.fixed = fixed;
    }

    @Override
    public void connect(HttpExchange exchange) {
        request = exchange.request();
        if (exchange.attempts() > 1) {
            edge().retried();
        } else {
            traced = Traces.begin(loop.tracing(), exchange.request().headers());
        }
        try {
            Permit allowed = permit == null ? admit(exchange) : permit;
            if (allowed == null) {
                return; // answered already
            }
            permit = allowed;
            if (exchange.attempts() == 1) {
                loop.used(allowed);
            }
            Picked picked = loop.pick(allowed, tried);
            lastPicked = picked;
            by = null;
            attemptNanos = System.nanoTime();
            boolean fresh = exchange.wantsUpgrade() || brokeBefore;
            loop.acquire(picked, exchange.version(), fresh, tried).addListener((Future<Pooled<EndpointKey>> found) -> {
                if (found.isSuccess()) {
                    found(exchange, found.getNow());
                } else {
                    TomboloException why = loop.notConnected(picked, found.cause(), tried);
                    failedBefore = Optional.of(why);
                    verdict = Verdict.of(loop.blameOfDial(picked), why.fault());
                    exchange.notConnected(why);
                }
            });
        } catch (TomboloException refused) {
            loop.metrics.fault(refused.fault());
            exchange.refuse(failedBefore.orElse(refused));
        }
    }

    /** Null = a route has an answer of its own. */
    private @Nullable Permit admit(HttpExchange exchange) {
        HttpHeaders headers = exchange.request().headers();
        int hops = MeshHeaders.hops(headers);
        answerWithin = MeshHeaders.timeout(headers);
        MeshHeaders.strip(headers);
        if (hops > 0) {
            checkHops(hops);
            headers.set(MeshHeaders.HOPS, hops);
        }
        ProxyConfig config = loop.config();
        Routed routed = route(config, exchange.request());
        called = routed.port();
        return switch (RouteStep.apply(
                config, routed, exchange.request(), loop.random.nextLong(), loop.metrics.routes)) {
            case RouteStep.Result.Answered(FullHttpResponse answer) -> {
                exchange.answered(answer);
                yield null;
            }
            case RouteStep.Result.Onward onward -> {
                answerChange = onward.answer();
                limits = onward.limits();
                answerWithin = answerWithin.or(() -> within(limits.answerWithin(), headers));
                called = onward.to().port();
                yield ImportGate.check(config, onward.to());
            }
        };
    }

    /** Zero says that there is no limit. A call of gRPC may be silent for as long as its caller says. */
    private Optional<Duration> within(Optional<Duration> routes, HttpHeaders headers) {
        if (routes.isPresent()) {
            return routes.filter(Duration::isPositive);
        }
        return GrpcAnswer.isGrpc(headers)
                ? GrpcTimeout.of(headers)
                : loop.settings().answerWithin();
    }

    private void checkHops(int hops) {
        int most = loop.settings().maxHops();
        if (hops >= most) {
            throw new TomboloException(
                    Fault.RELAY_LOOP,
                    "request",
                    "went through " + hops + " applications already",
                    "find the application that sends it on to one that had it before, or raise sidecar.outbound.max-hops");
        }
    }

    private Routed route(ProxyConfig config, HttpRequest asked) {
        if (fixed.isPresent()) {
            OwnTarget.check(asked, fixed.get());
            return ImportRoute.byPort(config, fixed.get());
        }
        String host = asked.headers().get(HttpHeaderNames.HOST, "");
        Authority authority = Authority.parse(host).orElseThrow(() -> noHost(host));
        return ImportRoute.byHost(config, authority.host(), authority.port() < 0 ? DEFAULT_PORT : authority.port());
    }

    /** The destination is to notice first, because it knows whose doing it is. */
    private static Duration lessForTheWay(Duration left) {
        Duration tenth = Duration.ofNanos(left.toNanos() / 10);
        return left.minus(tenth.compareTo(MOST_FOR_THE_WAY) < 0 ? tenth : MOST_FOR_THE_WAY);
    }

    private void found(HttpExchange exchange, Pooled<EndpointKey> pooled) {
        if (exchange.isOver()) { // the client waited no longer, but others may
            loop.pool.release(pooled);
            return;
        }
        connection = pooled;
        by = pooled.dialled();
        verdict = Verdict.NOBODY; // what went wrong before is not this attempt's
        if (!pooled.connection().isUsedBefore()) {
            loop.connected(pooled.dialled());
        }
        loop.outcomes.began(pooled.key(), System.nanoTime());
        answerWithin.ifPresent(
                limit -> MeshHeaders.timeout(exchange.request().headers(), lessForTheWay(exchange.left(limit))));
        exchange.connected(pooled.connection());
    }

    @Override
    public Optional<OutcomeHeader> judge(HttpResponse head) {
        String said = head.headers().get(OutcomeHeader.NAME);
        MeshHeaders.strip(head.headers());
        outcome = said == null ? Optional.empty() : OutcomeHeader.parse(said);
        return outcome;
    }

    @Override
    public void passing(HttpResponse head) {
        Pooled<EndpointKey> used = connection;
        if (used == null || permit == null) {
            return;
        }
        RouteStep.change(head.headers(), answerChange);
        boolean callGoesOn = GrpcAnswer.isGrpc(head.headers()) && !GrpcAnswer.ends(head.headers());
        if (outcome.isPresent() || !callGoesOn) {
            learn(used, outcome);
        }
    }

    /** A call of gRPC is judged by what follows its body. */
    @Override
    public void passingTrailers(HttpHeaders trailers) {
        Pooled<EndpointKey> used = connection;
        if (trailers.isEmpty() || used == null) {
            return;
        }
        String said = trailers.get(OutcomeHeader.NAME);
        boolean endsCall = GrpcAnswer.ends(trailers);
        HopByHop.removeFromTrailers(trailers);
        if (endsCall) {
            learn(used, said == null ? Optional.empty() : OutcomeHeader.parse(said));
        }
    }

    private void learn(Pooled<EndpointKey> used, Optional<OutcomeHeader> said) {
        Permit allowed = permit;
        Optional<Blame> blame = said.map(OutcomeHeader::blame);
        verdict = new Verdict(blame, said.map(OutcomeHeader::code).orElse(""));
        if (allowed != null && blame.filter(Blame::againstInstance).isPresent()) {
            loop.blamed(allowed, used.dialled(), blame.get());
        } else if (blame.isPresent()) {
            loop.metrics.blame(blame.get());
        } else {
            long now = System.nanoTime();
            loop.outcomes.succeeded(used.key(), now - attemptNanos, now);
        }
    }

    @Override
    public void broke(Fault fault, boolean answerBegun) {
        Pooled<EndpointKey> used = connection;
        loop.metrics.fault(fault);
        verdict = Verdict.of(fault == Fault.BAD_HTTP_HEAD ? Blame.SIDECAR : Blame.UNKNOWN, fault);
        if (used == null || permit == null) {
            loop.metrics.blame(Blame.UNKNOWN); // its dial, if there is one, still finds out whose doing it is
            return;
        }
        failedBefore = Optional.of(new TomboloException(
                fault, "" + used.key(), "the connection broke before the answer was complete", ""));
        if (fault == Fault.REQUEST_TIMEOUT) {
            tried.refused(used.key());
            loop.silent(permit, used.key(), used.dialled().path());
        } else if (fault == Fault.BAD_HTTP_HEAD) {
            tried.refused(used.key());
            loop.blamed(permit, used.dialled(), Blame.SIDECAR);
        } else if (fault == Fault.STREAM_RESET) { // its connection is there: that says nothing of the path
            tried.broke(used.key());
            loop.metrics.blame(Blame.UNKNOWN);
        } else {
            brokeBefore = true;
            tried.broke(used.key());
            used.dialled().path().ifPresent(tried::path);
            loop.lost(used.key(), used.dialled().path());
        }
    }

    @Override
    public void notProcessed() {
        if (connection != null) {
            tried.broke(connection.key());
        }
        loop.metrics.fault(Fault.STREAM_REFUSED);
        loop.metrics.blame(Blame.UNKNOWN);
        verdict = Verdict.of(Blame.UNKNOWN, Fault.STREAM_REFUSED);
    }

    @Override
    public boolean canAskAnother(OutcomeHeader why) {
        Pooled<EndpointKey> used = connection;
        if (used == null || permit == null) {
            return false;
        }
        tried.refused(used.key());
        try {
            loop.pick(permit, tried);
        } catch (TomboloException nobodyElse) {
            return false; // then this answer is the one to pass on
        }
        loop.blamed(permit, used.dialled(), why.blame());
        return true;
    }

    @Override
    public void release(boolean requestComplete) {
        Pooled<EndpointKey> used = connection;
        connection = null;
        if (used != null) {
            loop.outcomes.ended(used.key());
            if (used.connection().finish(requestComplete)) {
                loop.pool.release(used);
            }
        }
    }

    @Override
    public void ended(ExchangeEnd end) {
        release(false);
        HttpRequest said = request;
        if (said == null) {
            return;
        }
        Verdict last = Accesses.verdict(end, verdict);
        Accesses.count(edge(), end, last, startNanos);
        AccessLog log = loop.accessLog();
        if (log.isOn() || traced != null) {
            Optional<Dialled> answered = Optional.ofNullable(by);
            Party destination =
                    OutboundLoop.destination(Optional.ofNullable(called), Optional.ofNullable(lastPicked), answered);
            Tls tls = Tls.of(answered);
            Accesses.tell(
                    log,
                    traced,
                    Accesses.http(Direction.OUTBOUND, log.self(), destination, said, end, last, tls, startNanos));
        }
    }

    /** Where the last attempt went, as far as it came. */
    private Edge edge() {
        if (by != null) {
            return loop.edges.to(by);
        }
        return lastPicked == null ? loop.edges.to(Optional.ofNullable(called)) : loop.edges.to(lastPicked);
    }

    /** The text says it all; the application knows nothing of outcomes. */
    @Override
    public void refusing(Fault fault, HttpHeaders headers) {
        if (verdict == Verdict.NOBODY) {
            boolean clients = fault.kind() == Fault.Kind.CLIENT;
            verdict = Verdict.of(clients ? Blame.CLIENT : Blame.POLICY, fault);
        }
    }

    @Override
    public Optional<Duration> answerWithin() {
        return answerWithin;
    }

    @Override
    public Optional<Duration> attemptWithin() {
        return limits.attemptWithin();
    }

    @Override
    public Duration backoff() {
        return limits.retry().map(RouteRetry::backoff).orElse(Duration.ZERO);
    }

    @Override
    public boolean isAsGoodAsNone(int status) {
        return limits.retry().filter(retry -> retry.statuses().contains(status)).isPresent();
    }

    @Override
    public void passedOver(Optional<OutcomeHeader> said) {
        Pooled<EndpointKey> used = connection;
        if (used != null) {
            tried.broke(used.key());
            learn(used, said);
        }
    }

    @Override
    public Duration tunnelIdle() {
        return loop.settings().tcpIdle();
    }

    @Override
    public RetryRule retries() {
        return limits.retry()
                .map(retry -> new RetryRule(1 + retry.attempts()))
                .orElseGet(() -> loop.settings().retries());
    }

    private static TomboloException noHost(String host) {
        return new TomboloException(
                Fault.NO_SUCH_SERVICE, "host '" + host + "'", "names no service", "use http://name.namespace/");
    }
}
