package io.tombolo.dataplane.http2;

import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;

/**
 * The numbers of HTTP/2, by the names that {@code docs/metrics.md} lists.
 * @param cut   connections that were ended for what the other side did, by error code (RFC 9113 §7)
 * @param reset streams that were reset for what the other side did, by error code
 * @param limits both, by the limit that was the reason
 */
public record Http2Counters(Counters cut, Counters reset, Counters limits) {
    public static Http2Counters of(Metrics metrics) {
        return new Http2Counters(
                metrics.counters(
                        "tombolo_http2_connections_cut_total",
                        "HTTP/2 connections ended for what the other side did, by error code.",
                        "error"),
                metrics.counters(
                        "tombolo_http2_streams_reset_total",
                        "HTTP/2 streams reset for what the other side did, by error code.",
                        "error"),
                metrics.counters(
                        "tombolo_http2_limits_total",
                        "HTTP/2 connections ended and streams reset because of a limit, by its name.",
                        "limit"));
    }
}
