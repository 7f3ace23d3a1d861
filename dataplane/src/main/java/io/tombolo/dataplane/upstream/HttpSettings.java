package io.tombolo.dataplane.upstream;

import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Counters;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;

/**
 * What both versions of HTTP are held to.
 * @param http1    also the limits of heads in HTTP/2
 * @param counters of HTTP/2
 * @param notKept  attempts that were not made again because the request's body was larger than what is kept
 */
public record HttpSettings(HttpLimits http1, Http2Limits http2, Http2Counters counters, Counter notKept) {
    public static HttpSettings of(HttpLimits http1, Http2Limits http2, Metrics metrics) {
        Counter notKept = metrics.counter(
                "tombolo_bodies_not_kept_total",
                "Attempts not made again because the body was larger than http.max-kept-bytes.");
        return new HttpSettings(http1, http2, Http2Counters.of(metrics), notKept);
    }
}
