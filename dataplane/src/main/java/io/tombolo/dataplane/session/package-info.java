/**
 * One connection through a passthrough gateway, from its first byte to its last: calls the rooms in their order and holds
 * what must be given back.
 * <p><b>In:</b> {@link io.tombolo.dataplane.accept.Accepted}. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.session.PassthroughSession}; {@link io.tombolo.dataplane.session.Passthrough} is what they
 * share.
 * <p><b>May use:</b> every room of the gateway's walk. <b>Threads:</b> the connection's loop.
 */
@NullMarked
package io.tombolo.dataplane.session;

import org.jspecify.annotations.NullMarked;
