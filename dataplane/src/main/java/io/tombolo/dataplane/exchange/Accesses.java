package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.accesslog.Access;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.relay.ExchangeEnd;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.dataplane.traffic.Edge;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.outcome.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Counts an exchange or connection that ended, and makes its entry for the access log if there is one. */
final class Accesses {
    private static final int TRACE_CHARS = 32;
    private static final Verdict CLIENT_GONE = Verdict.of(Blame.CLIENT, Fault.CLIENT_GONE);

    private Accesses() {}

    /** Whose doing a walk's end was, as far as it knows. */
    record Verdict(Optional<Blame> blame, String code) {
        static final Verdict NOBODY = new Verdict(Optional.empty(), "");

        static Verdict of(Blame blame, Fault fault) {
            return new Verdict(Optional.of(blame), fault.code());
        }
    }

    /** Who left is to blame, whatever went wrong before. */
    static Verdict verdict(ExchangeEnd end, Verdict said) {
        return end.how() == ExchangeEnd.How.CLIENT_GONE ? CLIENT_GONE : said;
    }

    static void count(Edge edge, ExchangeEnd end, Verdict verdict, long startNanos) {
        edge.request(
                end.status(),
                verdict.blame().orElse(null),
                verdict.code(),
                System.nanoTime() - startNanos,
                end.requestBytes(),
                end.answerBytes());
    }

    static void count(Edge edge, Optional<RelayEnd> end, Verdict verdict) {
        edge.tcpEnded(
                end.isPresent(),
                verdict.blame().orElse(null),
                verdict.code(),
                end.map(RelayEnd::bytesFromClient).orElse(0L),
                end.map(RelayEnd::bytesToClient).orElse(0L));
    }

    static void http(
            AccessLog log,
            Direction direction,
            Party source,
            Party destination,
            HttpRequest request,
            ExchangeEnd end,
            Verdict verdict,
            long startNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        log.add(new Access(
                Instant.now().minus(took),
                took,
                direction,
                source,
                destination,
                Optional.of(new Access.Http(
                        request.method().name(), request.uri(), end.status(), traceId(request.headers()))),
                end.requestBytes(),
                end.answerBytes(),
                end.how().name().toLowerCase(Locale.ROOT),
                verdict.blame(),
                verdict.code(),
                end.attempts(),
                Access.TLS_1_3));
    }

    static void tcp(
            AccessLog log,
            Direction direction,
            Party source,
            Party destination,
            Optional<RelayEnd> end,
            Verdict verdict,
            int attempts,
            long startNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        log.add(new Access(
                Instant.now().minus(took),
                took,
                direction,
                source,
                destination,
                Optional.empty(),
                end.map(RelayEnd::bytesFromClient).orElse(0L),
                end.map(RelayEnd::bytesToClient).orElse(0L),
                end.map(RelayEnd::reason).map(Enum::name).orElse("REFUSED").toLowerCase(Locale.ROOT),
                verdict.blame(),
                verdict.code(),
                attempts,
                Access.TLS_1_3));
    }

    /** Of W3C trace context; nothing else that a client wrote gets into the log by this. */
    private static String traceId(HttpHeaders headers) {
        String parent = headers.get("traceparent", "");
        boolean formed = parent.length() >= 3 + TRACE_CHARS && parent.charAt(2) == '-';
        String id = formed ? parent.substring(3, 3 + TRACE_CHARS) : "";
        return id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) ? id : "";
    }
}
