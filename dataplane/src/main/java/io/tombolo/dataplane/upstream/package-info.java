/**
 * Connections to who was picked: dialled when needed, and in a sidecar kept while they are good.
 * <p><b>In:</b> {@link io.tombolo.dataplane.pick.Picked}, or addresses. <b>Out:</b> an
 * {@link io.tombolo.dataplane.upstream.HttpUpstream} for one request, a {@link io.tombolo.dataplane.upstream.Dialled} or a plain channel,
 * or a {@link io.tombolo.dataplane.upstream.DialFailure}. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.upstream.Dialer} (mesh connections) and {@link io.tombolo.dataplane.upstream.AddressDialer} (a
 * gateway's connections to sidecars); {@link io.tombolo.dataplane.upstream.AwayDialer} connects to what is not of the mesh.
 * <p><b>May use:</b> {@code pick}, {@code outcome}, {@code tls}, {@code loop}, {@code http1}, {@code http2}, {@code identity},
 * {@code metrics}, {@code capture} (which connections are our own), Netty. <b>Threads:</b> the loop of the connection that
 * needs it; no locks.
 */
@NullMarked
package io.tombolo.dataplane.upstream;

import org.jspecify.annotations.NullMarked;
