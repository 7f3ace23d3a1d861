package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.exchange.Accesses.Tls;
import io.tombolo.dataplane.exchange.Accesses.Verdict;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.relay.ExchangeEnd;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.trace.Traced;
import io.tombolo.dataplane.traffic.Edge;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes known of one call, for those who count, log and trace it when it has ended. On its loop. */
final class CallRecord {
    private final OutboundLoop loop;
    private final long startNanos = System.nanoTime();
    private @Nullable HttpRequest request;
    private @Nullable ServicePort called;
    private @Nullable Picked lastPicked;
    private @Nullable Dialled by;
    private @Nullable Traced traced;
    private Verdict verdict = Verdict.NOBODY;

    CallRecord(OutboundLoop loop) {
        this.loop = loop;
    }

    void begin(HttpRequest asked) {
        request = asked;
        traced = Traces.begin(loop.tracing(), asked.headers());
    }

    /** Which service it is for, as far as that is known. */
    void calls(ServicePort service) {
        called = service;
    }

    void picked(Picked picked) {
        lastPicked = picked;
        by = null;
    }

    /** A connection is there: what went wrong before is not this attempt's. */
    void answeredBy(Dialled dialled) {
        by = dialled;
        verdict = Verdict.NOBODY;
    }

    void retried() {
        edge().retried();
    }

    void verdict(Verdict said) {
        verdict = said;
    }

    boolean isBlameless() {
        return verdict == Verdict.NOBODY;
    }

    /** For the tunnel that the call becomes. */
    RelayMeter.Running tunnel() {
        return loop.edges.tunnel(edge());
    }

    void ended(ExchangeEnd end) {
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
}
