/**
 * The last room: requests and answers, or bytes, both ways between two channels of one loop.
 * <p><b>In:</b> a connection that requests come in on and a {@link io.tombolo.dataplane.relay.Hop}, or two connected channels.
 * <b>Out:</b> {@link io.tombolo.dataplane.relay.ExchangeEnd}, {@link io.tombolo.dataplane.relay.RelayEnd}. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.relay.HttpExchange} and {@link io.tombolo.dataplane.relay.Relay}. Buffers are handed on, never copied; a slow reader pauses the other side; a
 * half-close is passed on.
 * <p><b>May use:</b> {@code flow}, {@code http1}, {@code http2}, {@code upstream}, Netty. <b>Threads:</b> the channels' loop only.
 */
@NullMarked
package io.tombolo.dataplane.relay;

import org.jspecify.annotations.NullMarked;
