/**
 * Who is at the other end of every connection that is open now, so that a connection can be closed when its peer is not
 * believed any more.
 * <p><b>In:</b> {@link io.tombolo.dataplane.tls.Established}. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.identity.LivePeers}.
 * <p><b>May use:</b> {@code tls}, {@code feed}'s configuration value, {@code metrics}. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.dataplane.identity;

import org.jspecify.annotations.NullMarked;
