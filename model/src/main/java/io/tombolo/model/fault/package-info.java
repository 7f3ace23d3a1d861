/**
 * Everything that can go wrong and be told to a user: a stable code, where, what, and how to fix it.
 * <p><b>Out:</b> {@link io.tombolo.model.fault.TomboloException}. <b>Start reading at</b> {@link io.tombolo.model.fault.Fault}.
 * <p><b>May use:</b> the JDK. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.fault;

import org.jspecify.annotations.NullMarked;
