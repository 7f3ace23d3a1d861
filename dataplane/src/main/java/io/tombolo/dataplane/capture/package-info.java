/**
 * How the application's calls come into the sidecar: as its HTTP proxy with this run's credential (rung 1), by local ports that
 * stand for services (rung 2), by virtual addresses of services ({@link io.tombolo.dataplane.capture.Vips}, rung 3), or led here by
 * the kernel without its knowing.
 * <p><b>Out:</b> accepted channels with a pipeline that ends in bytes, requests that name their service in Host, and what becomes
 * of a redirected connection ({@link io.tombolo.dataplane.capture.Redirected}). <b>Start reading at</b>
 * {@link io.tombolo.dataplane.capture.LocalListener} and {@link io.tombolo.dataplane.capture.ProxyGate}.
 * <p><b>May use:</b> {@code model}, {@code loop}, {@code http1}, {@code metrics}, Netty; {@code java.lang.foreign} for one call.
 * <b>Threads:</b> the connection's loop.
 */
@NullMarked
package io.tombolo.dataplane.capture;

import org.jspecify.annotations.NullMarked;
