package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
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
import io.tombolo.dataplane.http1.HopByHop;
import io.tombolo.dataplane.policy.Admitted;
import io.tombolo.dataplane.relay.ExchangeEnd;
import io.tombolo.dataplane.relay.GrpcAnswer;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.HttpExchange;
import io.tombolo.dataplane.relay.RelayLimits;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.relay.RetryRule;
import io.tombolo.dataplane.trace.Traced;
import io.tombolo.dataplane.upstream.AppPool;
import io.tombolo.dataplane.upstream.Pooled;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.outcome.OutcomeHeader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inbound walk of one exchange: policy → admission → application. Never retries: that is the caller's. */
final class InboundHop implements Hop {
    private final Inbound inbound;
    private final Channel channel;
    private final Caller caller;
    private final long startNanos = System.nanoTime();
    private @Nullable Pooled<HostPort> connection;
    private @Nullable HttpExchange exchange;
    private @Nullable Traced traced;
    private Verdict verdict = Verdict.NOBODY;
    private boolean admitted;
    private boolean reused;
    private boolean sent;
    private Blame lostBy = Blame.APP;
    private Optional<Authorization.Held> lasting = Optional.empty();
    private @Nullable ProxyConfig decidedBy;

    /** What the caller waits for; without it, until it leaves. */
    private Optional<Duration> answerWithin = Optional.empty();

    InboundHop(Inbound inbound, Channel channel, Caller caller) {
        this.inbound = inbound;
        this.channel = channel;
        this.caller = caller;
    }

    @Override
    public void connect(HttpExchange exchange) {
        this.exchange = exchange;
        traced = Traces.begin(inbound.tracing(), exchange.request().headers());
        switch (caller) {
            case Caller.Unwelcome(ServicePort port, TomboloException why) -> refuse(exchange, why);
            case Caller.Welcome welcome -> admit(exchange, welcome);
        }
    }

    private void admit(HttpExchange exchange, Caller.Welcome welcome) {
        HttpHeaders headers = exchange.request().headers();
        ServicePort port = welcome.admitted().port();
        try {
            OwnTarget.check(exchange.request(), port, welcome.admitted().service()::isAlsoCalled);
            decidedBy = inbound.config();
            lasting = inbound.authorization().request(channel, welcome.admitted(), exchange, this::over);
            inbound.pace(welcome.admitted());
            inbound.admission().enter(port);
        } catch (TomboloException refused) {
            refuse(exchange, refused);
            return;
        }
        admitted = true;
        int hops = MeshHeaders.hops(headers);
        answerWithin = MeshHeaders.timeout(headers);
        MeshHeaders.strip(headers);
        answerWithin.ifPresent(limit -> MeshHeaders.timeout(headers, limit));
        headers.set(MeshHeaders.HOPS, hops + 1);
        headers.set(MeshHeaders.CALLER, welcome.admitted().caller().toString());
        toApplication(exchange, welcome);
    }

    private void toApplication(HttpExchange exchange, Caller.Welcome welcome) {
        boolean fresh = exchange.wantsUpgrade()
                || !RetryRule.isIdempotent(exchange.request().method().name());
        AppPool pool = inbound.pool(channel.eventLoop());
        pool.acquire(welcome.app(), welcome.admitted().protocol(), fresh)
                .addListener((Future<Pooled<HostPort>> found) -> {
                    if (!found.isSuccess()) {
                        TomboloException why = (TomboloException) found.cause();
                        inbound.metrics().fault(why.fault());
                        exchange.notConnected(why);
                        return;
                    }
                    if (exchange.isOver()) { // the caller waited no longer, but others may
                        pool.release(found.getNow());
                        return;
                    }
                    connection = found.getNow();
                    reused = found.getNow().wasKept();
                    sent = true;
                    exchange.connected(found.getNow().connection());
                });
    }

    private void refuse(HttpExchange exchange, TomboloException why) {
        inbound.metrics().fault(why.fault());
        exchange.refuse(why);
    }

    private void over(TomboloException why) {
        inbound.metrics().fault(why.fault());
        verdict = Verdict.of(Blame.POLICY, why.fault());
    }

    /** The application has nothing to say here. */
    @Override
    public Optional<OutcomeHeader> judge(HttpResponse head) {
        MeshHeaders.strip(head.headers());
        return Optional.empty();
    }

    @Override
    public void passing(HttpResponse head) {
        if (head.status().code() >= 500 || GrpcAnswer.isServersFault(head.headers())) {
            applicationsFault(head.headers());
        }
        if (lasting.isEmpty() && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            watchAnswer();
        }
    }

    private void watchAnswer() {
        if (exchange != null && decidedBy != null && caller instanceof Caller.Welcome(Admitted admitted, HostPort _)) {
            lasting = Optional.of(inbound.authorization().answer(channel, admitted, exchange, this::over, decidedBy));
        }
    }

    @Override
    public void passingTrailers(HttpHeaders trailers) {
        if (!trailers.isEmpty()) {
            HopByHop.removeFromTrailers(trailers);
            if (GrpcAnswer.isServersFault(trailers)) {
                applicationsFault(trailers);
            }
        }
    }

    private void applicationsFault(HttpHeaders said) {
        inbound.metrics().blame(Blame.APP);
        verdict = new Verdict(Optional.of(Blame.APP), "");
        said.set(OutcomeHeader.NAME, new OutcomeHeader(Blame.APP, "", true).text());
    }

    /** The application closes its connection: another instance may take the request. */
    @Override
    public void notProcessed() {
        sent = false;
        lostBy = Blame.UNKNOWN;
        inbound.metrics().fault(Fault.STREAM_REFUSED);
        inbound.metrics().blame(lostBy);
        verdict = Verdict.of(lostBy, Fault.STREAM_REFUSED);
    }

    /** A kept connection that the application was just closing is nobody's failure; a new one that breaks is its own. */
    @Override
    public void broke(Fault fault, boolean answerBegun) {
        boolean slow = fault == Fault.REQUEST_TIMEOUT || fault == Fault.REQUEST_NOT_TAKEN;
        lostBy = reused && !answerBegun && !slow ? Blame.UNKNOWN : Blame.APP;
        inbound.metrics().fault(slow ? fault : Fault.APP_FAILED);
        inbound.metrics().blame(lostBy);
        verdict = Verdict.of(lostBy, fault);
    }

    @Override
    public boolean canAskAnother(OutcomeHeader outcome) {
        return false;
    }

    @Override
    public boolean hasOtherWay() {
        return false;
    }

    @Override
    public void release(boolean requestComplete) {
        Pooled<HostPort> by = connection;
        connection = null;
        if (by != null) {
            by.connection()
                    .finish(
                            requestComplete,
                            () -> inbound.pool(channel.eventLoop()).release(by));
        }
    }

    @Override
    public void ended(ExchangeEnd end) {
        release(false);
        lasting.ifPresent(inbound.authorization()::forget);
        log(end);
        if (admitted) {
            admitted = false;
            inbound.admission().leave();
        }
    }

    private void log(ExchangeEnd end) {
        if (exchange == null) {
            return;
        }
        HttpRequest said = exchange.request();
        Verdict last = Accesses.verdict(end, verdict);
        Accesses.count(inbound.edge(channel), end, last, startNanos);
        AccessLog log = inbound.accessLog();
        if (log.isOn() || traced != null) {
            Party self = log.self().as(caller.port());
            Party source = inbound.source(channel);
            Accesses.tell(
                    log,
                    traced,
                    Accesses.http(Direction.INBOUND, source, self, said, end, last, Tls.of(channel), startNanos));
        }
    }

    @Override
    public void refusing(Fault fault, HttpHeaders headers) {
        Blame blame = switch (fault) {
            case APP_UNREACHABLE, REQUEST_TIMEOUT, REQUEST_NOT_TAKEN -> Blame.APP;
            case RELAY_LOOP -> Blame.SIDECAR; // set up so that it can never answer
            case STREAM_REFUSED -> Blame.UNKNOWN;
            case CONNECTION_LOST, STREAM_RESET, BAD_HTTP_HEAD -> sent ? lostBy : Blame.CLIENT;
            default -> Blame.POLICY;
        };
        verdict = Verdict.of(blame, fault);
        headers.set(OutcomeHeader.NAME, new OutcomeHeader(blame, fault.code(), sent).text());
    }

    @Override
    public Optional<Duration> answerWithin() {
        return answerWithin;
    }

    @Override
    public Optional<Duration> attemptWithin() {
        return Optional.empty();
    }

    @Override
    public Duration backoff() {
        return Duration.ZERO;
    }

    @Override
    public boolean isAsGoodAsNone(int status) {
        return false;
    }

    @Override
    public void passedOver(Optional<OutcomeHeader> outcome) {
        throw new IllegalStateException("every answer of the application is passed on");
    }

    @Override
    public RelayMeter.Running tunnel() {
        return inbound.tunnel(channel);
    }

    @Override
    public RelayLimits tunnelLimits() {
        return inbound.relays();
    }

    @Override
    public RetryRule retries() {
        return RetryRule.NEVER;
    }
}
