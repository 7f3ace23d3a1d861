package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.exchange.Accesses.Verdict;
import io.tombolo.dataplane.http1.Authority;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.pick.Tried;
import io.tombolo.dataplane.policy.ImportGate;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.dataplane.relay.ExchangeEnd;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.HttpExchange;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.route.ImportRoute;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.dataplane.upstream.Pooled;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.outcome.OutcomeHeader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private @Nullable Dialled by;
    private Verdict verdict = Verdict.NOBODY;
    private @Nullable Pooled<EndpointKey> connection;
    private Optional<OutcomeHeader> outcome = Optional.empty();
    private Optional<Duration> answerWithin = Optional.empty();

    /** Says more than that nobody else is left. */
    private Optional<TomboloException> failedBefore = Optional.empty();

    OutboundHop(OutboundLoop loop, Optional<ServicePort> fixed) {
        this.loop = loop;
        this.fixed = fixed;
    }

    @Override
    public void connect(HttpExchange exchange) {
        request = exchange.request();
        (exchange.attempts() == 1 ? loop.metrics.outboundRequests : loop.metrics.retries).increment();
        try {
            Permit allowed = permit == null ? admit(exchange) : permit;
            permit = allowed;
            if (exchange.attempts() == 1) {
                loop.used(allowed);
            }
            Picked picked = loop.pick(allowed, tried);
            attemptNanos = System.nanoTime();
            boolean fresh = exchange.wantsUpgrade() || brokeBefore;
            loop.acquire(picked, fresh, tried).addListener((Future<Pooled<EndpointKey>> found) -> {
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

    private Permit admit(HttpExchange exchange) {
        HttpHeaders headers = exchange.request().headers();
        int hops = MeshHeaders.hops(headers);
        answerWithin = MeshHeaders.timeout(headers).or(() -> loop.settings().answerWithin());
        MeshHeaders.strip(headers);
        if (hops > 0) {
            checkHops(hops);
            headers.set(MeshHeaders.HOPS, hops);
        }
        return ImportGate.check(loop.config(), route(exchange.request()));
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

    private Routed route(HttpRequest asked) {
        if (fixed.isPresent()) {
            OwnTarget.check(asked, fixed.get());
            return ImportRoute.byPort(loop.config(), fixed.get());
        }
        String host = asked.headers().get(HttpHeaderNames.HOST, "");
        Authority authority = Authority.parse(host).orElseThrow(() -> noHost(host));
        return ImportRoute.byHost(
                loop.config(), authority.host(), authority.port() < 0 ? DEFAULT_PORT : authority.port());
    }

    /** The destination is to notice first, because it knows whose doing it is. */
    private static Duration lessForTheWay(Duration left) {
        Duration tenth = left.dividedBy(10);
        return left.minus(tenth.compareTo(MOST_FOR_THE_WAY) < 0 ? tenth : MOST_FOR_THE_WAY);
    }

    private void found(HttpExchange exchange, Pooled<EndpointKey> pooled) {
        if (exchange.isOver()) { // the client waited no longer, but others may
            loop.pool.release(pooled);
            return;
        }
        connection = pooled;
        by = pooled.dialled();
        if (!pooled.connection().isUsedBefore()) {
            loop.metrics.dials.increment();
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
        long now = System.nanoTime();
        loop.metrics.outboundMicros.add(TimeUnit.NANOSECONDS.toMicros(now - startNanos));
        loop.metrics.answeredBy(used.key().cluster().value());
        Optional<Blame> blame = outcome.map(OutcomeHeader::blame);
        verdict = new Verdict(blame, outcome.map(OutcomeHeader::code).orElse(""));
        if (blame.filter(Blame::againstInstance).isPresent()) {
            loop.blamed(permit, used.key(), blame.get());
        } else if (blame.isPresent()) {
            loop.metrics.blame(blame.get());
        } else {
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
            loop.blamed(permit, used.key(), Blame.SIDECAR);
        } else {
            brokeBefore = true;
            tried.broke(used.key());
            used.dialled().path().ifPresent(tried::path);
            loop.lost(used.key(), used.dialled().path());
        }
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
        loop.blamed(permit, used.key(), why.blame());
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
        AccessLog log = loop.accessLog();
        if (said != null && log.isOn()) {
            Accesses.http(log, Direction.OUTBOUND, log.self(), destination(), said, end, verdict, startNanos);
        }
    }

    private Party destination() {
        return OutboundLoop.destination(
                Optional.ofNullable(permit).map(allowed -> allowed.routed().port()), Optional.ofNullable(by));
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
    public Duration tunnelIdle() {
        return loop.settings().tcpIdle();
    }

    @Override
    public RetryRule retries() {
        return loop.settings().retries();
    }

    private static TomboloException noHost(String host) {
        return new TomboloException(
                Fault.NO_SUCH_SERVICE, "host '" + host + "'", "names no service", "use http://name.namespace/");
    }
}
