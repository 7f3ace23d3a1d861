/**
 * Regular expressions of RE2's syntax, which controllers accept and proxies apply: one meaning for both.
 * <p><b>In:</b> what a user wrote. <b>Out:</b> {@link io.tombolo.model.httproute.Expression}, bounded in size; matching takes time
 * in proportion to the text. <b>Start reading at</b> {@link io.tombolo.wire.expression.LinearExpression}.
 * <p><b>May use:</b> {@code model}, RE2/J. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.wire.expression;

import org.jspecify.annotations.NullMarked;
