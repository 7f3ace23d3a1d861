/**
 * Who is to blame for how an exchange ended, and the header that carries it between sidecars.
 * <p><b>Start reading at</b> {@link io.tombolo.model.outcome.Blame}. <b>May use:</b> {@code model.fault}.
 * <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.outcome;

import org.jspecify.annotations.NullMarked;
