package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.exchange.Accesses.Verdict;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.http1.HopByHop;
import io.tombolo.dataplane.http1.Refused;
import io.tombolo.dataplane.limit.ServiceLimits;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Call;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.pick.Tried;
import io.tombolo.dataplane.policy.ImportGate;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.dataplane.relay.ExchangeEnd;
import io.tombolo.dataplane.relay.GrpcAnswer;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.HttpExchange;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.route.NotHeld;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.dataplane.upstream.Pooled;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteRetry;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.outcome.OutcomeHeader;
import io.tombolo.model.traffic.FaultInjection;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The outbound walk of one exchange: route → policy → pick → upstream, and again from pick for another attempt. */
final class OutboundHop implements Hop {
    private static final Duration MOST_FOR_THE_WAY = Duration.ofSeconds(1);

    /** A copy is sent once. */
    private static final RouteLimits ONCE = new RouteLimits(
            Optional.empty(), Optional.empty(), Optional.of(new RouteRetry(0, Set.of(), Duration.ZERO)));

    private final OutboundLoop loop;
    private final Optional<CalleePort> fixed;
    private final SocketAddress client;
    private final Tried tried = new Tried();
    private final CallRecord call;
    private int urgency;
    private long attemptNanos;

    /** A kept connection broke: others that were kept may be as dead, and just not known to be. */
    private boolean brokeBefore;

    private @Nullable Permit permit;

    /** Its endpoints were asked for already. */
    private @Nullable ServiceName asked;

    private @Nullable Pooled<EndpointKey> connection;
    private Optional<OutcomeHeader> outcome = Optional.empty();
    private Optional<Duration> answerWithin = Optional.empty();
    private Optional<TrafficStep> traffic = Optional.empty();
    private Optional<RetryStep> retrying = Optional.empty();
    private List<HeaderChange> answerChanges = List.of();
    private RouteLimits limits = RouteLimits.NONE;

    /** Says more than that nobody else is left. */
    private Optional<TomboloException> failedBefore = Optional.empty();

    /** @param client where the request came from */
    OutboundHop(OutboundLoop loop, Optional<CalleePort> fixed, SocketAddress client) {
        this.loop = loop;
        this.fixed = fixed;
        this.client = client;
        this.urgency = loop.settings().urgency();
        this.call = new CallRecord(loop);
    }

    @Override
    public void connect(HttpExchange exchange) {
        if (exchange.attempts() > 1) {
            call.retried();
        } else {
            call.begin(exchange.request());
        }
        go(exchange);
    }

    private void go(HttpExchange exchange) {
        try {
            if (permit != null) {
                retrying.ifPresent(step -> step.retried(System.nanoTime()));
                attempt(exchange, permit);
                return;
            }
            Permit allowed = admit(exchange);
            if (allowed != null) { // else answered already
                permit = allowed;
                loop.used(allowed);
                first(exchange, allowed);
            }
        } catch (NotHeld missing) {
            askFor(missing, exchange);
        } catch (TomboloException refused) {
            refuse(exchange, refused);
        }
    }

    /** Once: what is not there then is not to be had now. */
    private void askFor(NotHeld missing, HttpExchange exchange) {
        if (missing.service().equals(asked)) {
            refuse(exchange, missing);
            return;
        }
        asked = missing.service();
        loop.whenHeld(missing.service(), () -> {
            if (!exchange.isOver()) {
                go(exchange);
            }
        });
    }

    private void refuse(HttpExchange exchange, TomboloException refused) {
        loop.metrics.fault(refused.fault());
        exchange.refuse(failedBefore.orElse(refused));
    }

    private void first(HttpExchange exchange, Permit allowed) {
        traffic = TrafficStep.of(loop, allowed.routed().port().service());
        retrying = Optional.of(
                RetryStep.of(loop.retryBudgets(), allowed.routed().port().service(), traffic, System.nanoTime()));
        urgency = SaidUrgency.of(exchange.request().headers(), urgency);
        FaultInjection.Fate fate =
                traffic.map(step -> step.begin(exchange.request(), client)).orElse(FaultInjection.Fate.NONE);
        if (fate.equals(FaultInjection.Fate.NONE)) {
            attempt(exchange, allowed);
        } else {
            Runnable goOn = () -> disturbed(exchange, allowed, fate.status());
            loop.metrics
                    .policed
                    .of(fate.status().isPresent() ? "aborted" : "delayed")
                    .increment();
            loop.loop.schedule(goOn, fate.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void disturbed(HttpExchange exchange, Permit allowed, OptionalInt status) {
        if (exchange.isOver()) {
            return;
        }
        if (status.isPresent()) {
            call.verdict(Verdict.of(Blame.POLICY, Fault.FAULT_INJECTED));
            exchange.answered(Refused.answer(
                    status.getAsInt(), TrafficStep.injected(allowed.routed().port())));
            return;
        }
        try {
            attempt(exchange, allowed);
        } catch (TomboloException refused) {
            refuse(exchange, refused);
        }
    }

    private void attempt(HttpExchange exchange, Permit allowed) {
        Picked picked = loop.pick(allowed, tried, asCall());
        call.picked(picked);
        attemptNanos = System.nanoTime();
        boolean fresh = exchange.wantsUpgrade() || brokeBefore;
        Future<Pooled<EndpointKey>> connection =
                loop.acquire(picked, traffic.map(TrafficStep::limits), exchange.version(), fresh, tried);
        connection.addListener((Future<Pooled<EndpointKey>> found) -> {
            if (found.isSuccess()) {
                found(exchange, found.getNow());
            } else {
                TomboloException why = loop.notConnected(picked, found.cause(), tried);
                failedBefore = Optional.of(why);
                call.verdict(Verdict.of(loop.blameOfDial(picked), why.fault()));
                exchange.notConnected(why);
            }
        });
        if (traffic.isPresent() && !connection.isDone()) {
            await(exchange, allowed, traffic.get().limits(), connection);
        }
    }

    private void await(
            HttpExchange exchange, Permit allowed, ServiceLimits limits, Future<Pooled<EndpointKey>> connection) {
        if (limits.waitBegins()) {
            connection.addListener(found -> limits.waitEnded());
        } else { // the connection will find that the exchange is over, and go to others
            loop.metrics.policed.of("over_pending").increment();
            refuse(exchange, ServiceLimits.over(allowed.routed().port().service(), "pending"));
        }
    }

    private Call asCall() {
        return new Call(traffic.map(TrafficStep::key).orElse(OptionalLong.empty()), urgency);
    }

    /** Null = a route has an answer of its own. */
    private @Nullable Permit admit(HttpExchange exchange) {
        HttpHeaders headers = exchange.request().headers();
        if (asked == null) {
            takeHops(headers);
        }
        ProxyConfig config = loop.config();
        Routed routed = AskedService.of(config, fixed, exchange.request());
        call.calls(routed.port());
        return switch (RouteStep.apply(
                config, routed, exchange.request(), loop.random.nextLong(), loop.metrics.routes)) {
            case RouteStep.Result.Answered(FullHttpResponse answer) -> {
                exchange.answered(answer);
                yield null;
            }
            case RouteStep.Result.Onward onward -> {
                answerChanges = onward.answer();
                limits = onward.limits();
                onward.copies().forEach(to -> copy(exchange, config, to));
                answerWithin = answerWithin.or(() -> within(limits.answerWithin(), headers));
                call.calls(onward.to().port());
                yield ImportGate.check(config, onward.to());
            }
        };
    }

    /** Not of what speaks another protocol afterwards, where there is nothing to copy. */
    private void copy(HttpExchange exchange, ProxyConfig config, ServicePort mirror) {
        if (exchange.wantsUpgrade()) {
            return;
        }
        try {
            copy(exchange, ImportGate.check(config, ImportRoute.byPort(config, mirror)));
        } catch (TomboloException notThere) { // which is no fault of the request's
            loop.metrics.copies.of("not_there").increment();
        }
    }

    private void copy(HttpExchange exchange, Permit to) {
        loop.metrics.copies.of("sent").increment();
        var hop = new OutboundHop(loop, fixed, client);
        hop.permit = to;
        hop.call.calls(to.routed().port());
        hop.limits = ONCE;
        exchange.copy(
                RouteStep.copied(exchange.request(), to.routed().port()),
                hop,
                () -> loop.metrics.copies.of("given_up").increment());
    }

    private void takeHops(HttpHeaders headers) {
        int hops = MeshHeaders.hops(headers);
        answerWithin = MeshHeaders.timeout(headers);
        MeshHeaders.strip(headers);
        if (hops > 0) {
            MeshHeaders.refuseCircle(hops, loop.settings().maxHops());
            headers.set(MeshHeaders.HOPS, hops);
        }
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
        call.answeredBy(pooled.dialled());
        if (!pooled.connection().isUsedBefore()) {
            loop.connected(pooled.dialled());
        }
        loop.outcomes.began(pooled.key(), System.nanoTime());
        answerWithin.ifPresent(
                limit -> MeshHeaders.timeoutThere(exchange.request().headers(), exchange.left(limit)));
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
        answerChanges.forEach(change -> RouteStep.change(head.headers(), change));
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
        call.verdict(new Verdict(blame, said.map(OutcomeHeader::code).orElse("")));
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
        call.verdict(Verdict.of(fault == Fault.BAD_HTTP_HEAD ? Blame.SIDECAR : Blame.UNKNOWN, fault));
        if (used == null || permit == null) {
            loop.metrics.blame(Blame.UNKNOWN); // its dial, if there is one, still finds out whose doing it is
            return;
        }
        failedBefore = Optional.of(new TomboloException(
                fault, "" + used.key(), "the connection broke before the answer was complete", ""));
        if (fault == Fault.REQUEST_TIMEOUT || fault == Fault.REQUEST_NOT_TAKEN) {
            tried.refused(used.key());
            loop.silent(permit, used.key(), used.dialled().path());
        } else if (fault == Fault.BAD_HTTP_HEAD) {
            tried.refused(used.key());
            loop.blamed(permit, used.dialled(), Blame.SIDECAR);
        } else if (fault == Fault.STREAM_RESET || fault == Fault.PATH_SILENT) { // which says nothing new of the path
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
        call.verdict(Verdict.of(Blame.UNKNOWN, Fault.STREAM_REFUSED));
    }

    @Override
    public boolean canAskAnother(OutcomeHeader why) {
        Pooled<EndpointKey> used = connection;
        if (used == null || permit == null || Verdict.isOfAll(why)) {
            return false;
        }
        tried.refused(used.key());
        try {
            loop.pick(permit, tried, asCall());
        } catch (TomboloException nobodyElse) {
            return false; // then this answer is the one to pass on
        }
        loop.blamed(permit, used.dialled(), why.blame());
        return true;
    }

    @Override
    public boolean hasOtherWay() {
        Pooled<EndpointKey> used = connection;
        if (used == null || permit == null) {
            return false;
        }
        used.dialled().path().ifPresent(tried::path);
        return loop.hasOtherWay(permit, tried, asCall());
    }

    @Override
    public void release(boolean requestComplete) {
        Pooled<EndpointKey> used = connection;
        connection = null;
        if (used != null) {
            loop.outcomes.ended(used.key());
            used.connection().finish(requestComplete, () -> loop.pool.release(used));
        }
    }

    @Override
    public void ended(ExchangeEnd end) {
        release(false);
        traffic.ifPresent(TrafficStep::end);
        call.ended(end);
    }

    /** The text says it all; the application knows nothing of outcomes. */
    @Override
    public void refusing(Fault fault, HttpHeaders headers) {
        if (call.isBlameless()) {
            boolean clients = fault.kind() == Fault.Kind.CLIENT;
            call.verdict(Verdict.of(clients ? Blame.CLIENT : Blame.POLICY, fault));
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
    public RelayMeter.Running tunnel() {
        return call.tunnel();
    }

    @Override
    public RelayLimits tunnelLimits() {
        return loop.relays();
    }

    @Override
    public RetryRule retries() {
        if (retrying.isPresent() && !retrying.get().allows(System.nanoTime())) {
            loop.metrics.policed.of("over_retries").increment();
            return RetryRule.NEVER;
        }
        return limits.retry()
                .map(retry -> new RetryRule(1 + retry.attempts()))
                .orElseGet(() -> loop.settings().retries());
    }
}
