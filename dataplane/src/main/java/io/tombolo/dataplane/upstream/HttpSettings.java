package io.tombolo.dataplane.upstream;

import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http2.Http2Counters;
import io.tombolo.dataplane.http2.Http2Limits;

/**
 * What both versions of HTTP are held to.
 * @param http1    also the limits of heads in HTTP/2
 * @param counters of HTTP/2
 */
public record HttpSettings(HttpLimits http1, Http2Limits http2, Http2Counters counters) {}
