/**
 * Back-pressure between the two sides of a connection, and how what is written reaches it.
 * <p><b>Start reading at</b> {@link io.tombolo.dataplane.flow.ReadGate}. <b>May use:</b> Netty. <b>May not use:</b> any other
 * room. <b>Threads:</b> a channel's own loop.
 */
@NullMarked
package io.tombolo.dataplane.flow;

import org.jspecify.annotations.NullMarked;
