/**
 * Messages of the wire turned into values of {@code model.catalog}, and back. Strict: what comes out is valid, and what
 * cannot be told with certainty (an unknown value of a security field, an id that is none, a key that does not fit its
 * entry) is refused with a {@link io.tombolo.model.fault.TomboloException}, never guessed.
 * <p><b>Start reading at</b> {@link io.tombolo.wire.codec.FeedCodec} (controller to proxy) and
 * {@link io.tombolo.wire.codec.ExportCodec} (cluster to cluster). <b>May use:</b> {@code model}, the generated messages.
 * <b>Threads:</b> any; no state. Cheap enough for event loops, except {@link io.tombolo.wire.codec.FeedDigest}.
 */
@NullMarked
package io.tombolo.wire.codec;

import org.jspecify.annotations.NullMarked;
