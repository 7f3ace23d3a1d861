/**
 * Who may do what with a service, by policies of the cluster that has it. Pure values and one decision, which the
 * destination's sidecar takes and `tombolo explain` shows.
 * <p><b>In:</b> policies as their owners wrote them, a verified caller, and one request or TCP connection. <b>Out:</b> a
 * {@link io.tombolo.model.authorization.Verdict} with the policy and rule that decided. <b>Start reading at</b>
 * {@link io.tombolo.model.authorization.AuthorizationPolicy} and {@link io.tombolo.model.authorization.AuthorizationTable}.
 * <p><b>May use:</b> {@code model.name}, {@code model.fault}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.authorization;

import org.jspecify.annotations.NullMarked;
