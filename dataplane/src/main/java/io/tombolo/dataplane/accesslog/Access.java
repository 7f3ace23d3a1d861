package io.tombolo.dataplane.accesslog;

import io.tombolo.model.outcome.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be said of one exchange or connection that ended.
 * @param http         empty for a connection whose bytes nobody reads
 * @param requestBytes of bodies, or of the whole connection; towards the destination
 * @param answerBytes  the same, towards the source
 * @param ended        how a connection ended, or {@code complete}, {@code client_gone}, {@code cut} for an exchange
 * @param blame        empty = nobody's
 * @param code         the fault's; empty = none
 * @param tls          version on the mesh side; empty = none, or not ours
 * @param tlsGroup     of its key exchange, as IANA calls it; empty = no connection was made
 */
public record Access(
        Instant began,
        Duration took,
        Direction direction,
        Party source,
        Party destination,
        Optional<Http> http,
        long requestBytes,
        long answerBytes,
        String ended,
        Optional<Blame> blame,
        String code,
        int attempts,
        String tls,
        String tlsGroup) {
    /** Between sidecars there is only this. */
    public static final String TLS_1_3 = "TLSv1.3";

    private static final int MOST_TARGET_CHARS = 2_048;

    /** A request's target without its query, in which secrets may be; at most 2048 characters. */
    public static String path(String target) {
        int query = target.indexOf('?');
        return cut(query < 0 ? target : target.substring(0, query));
    }

    static String cut(String target) {
        return target.length() <= MOST_TARGET_CHARS ? target : target.substring(0, MOST_TARGET_CHARS) + "\u2026";
    }

    /** Which walk. */
    public enum Direction {
        OUTBOUND,
        INBOUND,
        PASSTHROUGH,
        TERMINATE
    }

    /**
     * The part of an exchange that only HTTP has.
     * @param target  as in the request line; its query is written only if that was asked for
     * @param status  0 = the client left before there was one
     * @param grpcStatus negative = none
     * @param traceId from {@code traceparent}; empty = none
     */
    public record Http(String method, String target, int status, int grpcStatus, String traceId) {}
}
