package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.tombolo.dataplane.accesslog.Access;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.relay.ExchangeEnd;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.dataplane.tls.KeyGroupPeek;
import io.tombolo.dataplane.trace.TraceParent;
import io.tombolo.dataplane.trace.Traced;
import io.tombolo.dataplane.traffic.Edge;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.outcome.Blame;
import io.tombolo.model.outcome.OutcomeHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts an exchange or connection that ended, and makes its entry for the access log if there is one. */
final class Accesses {
    private static final Verdict CLIENT_GONE = Verdict.of(Blame.CLIENT, Fault.CLIENT_GONE);

    private Accesses() {}

    /** Whose doing a walk's end was, as far as it knows. */
    record Verdict(Optional<Blame> blame, String code) {
        static final Verdict NOBODY = new Verdict(Optional.empty(), "");

        static Verdict of(Blame blame, Fault fault) {
            return new Verdict(Optional.of(blame), fault.code());
        }

        /** Whether every instance would say the same, because it is what the service's owner decided. */
        static boolean isOfAll(OutcomeHeader said) {
            return said.code().equals(Fault.NOT_AUTHORIZED.code())
                    || said.code().equals(Fault.NOT_A_CONSUMER.code())
                    || said.code().equals(Fault.RATE_LIMITED.code());
        }
    }

    /** Who left is to blame, whatever went wrong before. */
    static Verdict verdict(ExchangeEnd end, Verdict said) {
        return end.how() == ExchangeEnd.How.CLIENT_GONE ? CLIENT_GONE : said;
    }

    static void count(Edge edge, ExchangeEnd end, Verdict verdict, long startNanos) {
        edge.request(
                end.status(),
                end.grpcStatus(),
                verdict.blame().orElse(null),
                verdict.code(),
                System.nanoTime() - startNanos,
                end.requestBytes() - end.toldRequestBytes(),
                end.answerBytes() - end.toldAnswerBytes());
    }

    static void count(Edge edge, Optional<RelayEnd> end, Verdict verdict) {
        edge.tcpEnded(
                end.isPresent(),
                verdict.blame().orElse(null),
                verdict.code(),
                end.map(RelayEnd::bytesFromClient).orElse(0L),
                end.map(RelayEnd::bytesToClient).orElse(0L));
    }

    /** What protected it between the sidecars; empty = there was no connection. */
    record Tls(String version, String group) {
        static final Tls NONE = new Tls("", "");

        static Tls of(Channel mesh) {
            return new Tls(Access.TLS_1_3, KeyGroupPeek.of(mesh));
        }

        static Tls of(Optional<Dialled> by) {
            return by.map(dialled -> of(dialled.channel())).orElse(NONE);
        }
    }

    /** Tells whoever wants to hear of it. */
    static void tell(AccessLog log, @Nullable Traced traced, Access access) {
        log.add(access);
        if (traced != null) {
            traced.ended(access);
        }
    }

    static Access http(
            Direction direction,
            Party source,
            Party destination,
            HttpRequest request,
            ExchangeEnd end,
            Verdict verdict,
            Tls tls,
            long startNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        return new Access(
                Instant.now().minus(took),
                took,
                direction,
                source,
                destination,
                Optional.of(new Access.Http(
                        request.method().name(),
                        request.uri(),
                        end.status(),
                        end.grpcStatus(),
                        traceId(request.headers()))),
                end.requestBytes(),
                end.answerBytes(),
                end.how().name().toLowerCase(Locale.ROOT),
                verdict.blame(),
                verdict.code(),
                end.attempts(),
                tls.version(),
                tls.group());
    }

    static void tcp(
            AccessLog log,
            Direction direction,
            Party source,
            Party destination,
            Optional<RelayEnd> end,
            Verdict verdict,
            Tls tls,
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
                tls.version(),
                tls.group()));
    }

    /** Of W3C trace context; nothing else that a client wrote gets into the log by this. */
    private static String traceId(HttpHeaders headers) {
        return TraceParent.parse(headers.get(TraceParent.NAME, ""))
                .map(TraceParent::traceId)
                .orElse("");
    }
}
