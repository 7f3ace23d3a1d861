/**
 * How a gateway goes away: it is not ready any more, says so, accepts for as long as callers may not have heard it, then lets what is left run until
 * a deadline. It cannot send a GOAWAY inside connections that it does not decrypt.
 * <p><b>Out:</b> {@link io.tombolo.dataplane.drain.Drain}. <b>Start reading at</b> it. <b>May use:</b> {@code accept}.
 * <b>Threads:</b> one of its own while it drains.
 */
@NullMarked
package io.tombolo.dataplane.drain;

import org.jspecify.annotations.NullMarked;
