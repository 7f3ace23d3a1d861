/**
 * Routes of HTTP requests, as Gateway API's {@code HTTPRoute} attached to services means them (v1.6, GEP-1426): which rule a
 * request meets, and what becomes of it. Pure values and one decision.
 * <p><b>In:</b> rules as their owner wrote them, and one request's method, path, query and headers. <b>Out:</b> the rule, the
 * backend, the changed path. <b>Start reading at</b> {@link io.tombolo.model.httproute.HttpRoute} and
 * {@link io.tombolo.model.httproute.RouteTable}.
 * <p><b>May use:</b> {@code model.name}, {@code model.fault}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.httproute;

import org.jspecify.annotations.NullMarked;
