/**
 * Event loops, and what is listened on with them: the one place that knows that they come out of Vert.x.
 * <p><b>Out:</b> {@link io.tombolo.dataplane.loop.Loops}, ready-made bootstraps for both directions. <b>Start reading at</b>
 * it. <p><b>May use:</b> Vert.x' internals, Netty. <b>May not use:</b> any other room. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.dataplane.loop;

import org.jspecify.annotations.NullMarked;
