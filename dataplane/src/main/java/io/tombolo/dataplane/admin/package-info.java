/**
 * The small HTTP listener of a proxy, on loopback: {@code /healthz} and {@code /readyz} for everybody on this machine,
 * everything else for who can read the token file in the state directory. A gateway may have a second one that load balancers
 * reach, with nothing but those two.
 * <p><b>Out:</b> {@link io.tombolo.dataplane.admin.AdminListener}. <b>Start reading at</b> it. <b>May use:</b> {@code loop}, {@code model},
 * Netty's HTTP codec. <b>Threads:</b> one loop; answers must not block it.
 */
@NullMarked
package io.tombolo.dataplane.admin;

import org.jspecify.annotations.NullMarked;
