/**
 * Where what was asked for goes. Outbound in a sidecar: which import a host name means; inbound: which service of its own a
 * server name means. At a gateway that decrypts nothing: which server names it answers for; there is no identity and so no
 * policy there, that is the destination sidecar's.
 * <p><b>In:</b> a host and port, a server name, or a {@code ClientHello}, and the
 * {@link io.tombolo.dataplane.feed.ProxyConfig} in force. <b>Out:</b> {@link io.tombolo.dataplane.route.Routed},
 * {@link io.tombolo.dataplane.route.Served}, {@link io.tombolo.dataplane.route.Destination}. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.route.ImportRoute}, {@link io.tombolo.dataplane.route.ServedRoute},
 * {@link io.tombolo.dataplane.route.PassthroughRoute}.
 * <p><b>May use:</b> {@code model}, {@code hello}, {@code feed}. <b>May not use:</b> Netty. <b>Threads:</b> any; pure.
 */
@NullMarked
package io.tombolo.dataplane.route;

import org.jspecify.annotations.NullMarked;
