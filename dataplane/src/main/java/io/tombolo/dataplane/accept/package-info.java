/**
 * The first room: listens, and lets in what there is room for.
 * <p><b>Out:</b> {@link io.tombolo.dataplane.accept.Accepted}. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.accept.Acceptor}. Connections in all, and those of one source that have not said a name yet,
 * are bounded; what is too much is closed at once.
 * <p><b>May use:</b> {@code loop}, {@code metrics}, Netty. <b>Threads:</b> one loop per connection; the bounds are shared.
 */
@NullMarked
package io.tombolo.dataplane.accept;

import org.jspecify.annotations.NullMarked;
