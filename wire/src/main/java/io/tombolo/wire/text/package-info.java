/**
 * Tokens as text. <b>Start reading at</b> {@link io.tombolo.wire.text.TokenText}. <b>May use:</b> the generated messages and
 * {@code model}. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.wire.text;

import org.jspecify.annotations.NullMarked;
