/**
 * How a terminating gateway comes to speak for a caller: the two messages of {@code delegation.proto}, and the proof that the
 * caller really said it, for this gateway, this instance and this connection.
 * <p><b>In:</b> a channel whose TLS handshake is done. <b>Out:</b> a verified caller, or a fault. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.delegation.Delegations}. <b>May use:</b> {@code feed}'s configuration value. <b>Threads:</b> the
 * channel's loop; nothing blocks, a signature or a chain costs about as much as in a handshake.
 */
@NullMarked
package io.tombolo.dataplane.delegation;

import org.jspecify.annotations.NullMarked;
