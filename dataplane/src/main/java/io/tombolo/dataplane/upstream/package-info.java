/**
 * Opens connections to what was picked.
 * <p><b>In:</b> addresses. <b>Out:</b> a connected channel on the caller's loop. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.upstream.Dialler}.
 * <p><b>May use:</b> {@code loop}, {@code metrics}, Netty. <b>Threads:</b> the loop of the connection that needs it.
 */
@NullMarked
package io.tombolo.dataplane.upstream;

import org.jspecify.annotations.NullMarked;
