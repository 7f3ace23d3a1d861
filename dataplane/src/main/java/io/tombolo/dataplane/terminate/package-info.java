/**
 * The gateway's other mode: it ends the caller's TLS, verifies who calls, and hands the caller over to a sidecar of this cluster by
 * the caller's own word.
 * <p><b>In:</b> a connection whose server name is none that is passed through. <b>Out:</b> a relay to the destination's sidecar,
 * or the one refusal. <b>Start reading at</b> {@link io.tombolo.dataplane.terminate.Terminate}. <b>May use:</b> the rooms of the
 * walk, {@code delegation}. <b>Threads:</b> each connection lives on its own loop.
 */
@NullMarked
package io.tombolo.dataplane.terminate;

import org.jspecify.annotations.NullMarked;
