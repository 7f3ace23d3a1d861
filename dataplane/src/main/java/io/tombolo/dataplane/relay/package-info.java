/**
 * The last room: bytes both ways between two channels of one loop, until both directions have ended.
 * <p><b>In:</b> two connected channels. <b>Out:</b> {@link io.tombolo.dataplane.relay.RelayEnd}. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.relay.Relay}. Buffers are handed on, never copied; a slow reader pauses the other side; a
 * half-close is passed on.
 * <p><b>May use:</b> Netty. <b>May not use:</b> any other room. <b>Threads:</b> the channels' loop only.
 */
@NullMarked
package io.tombolo.dataplane.relay;

import org.jspecify.annotations.NullMarked;
