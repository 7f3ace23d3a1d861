/**
 * What a caller says when a terminating gateway is to speak for it, and whether that is said here and now. No signature and no
 * byte of the wire here: {@code wire} reads it, {@code dataplane.delegation} proves who said it.
 * <p><b>Start reading at</b> {@link io.tombolo.model.delegation.Delegation}. <b>May use:</b> {@code model.name},
 * {@code model.fault}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.delegation;

import org.jspecify.annotations.NullMarked;
