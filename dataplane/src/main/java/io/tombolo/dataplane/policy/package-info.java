/**
 * Decides whether what was routed may be done.
 * <p><b>In:</b> {@link io.tombolo.dataplane.route.Routed} outbound, the verified caller inbound. <b>Out:</b> a
 * {@link io.tombolo.dataplane.policy.Permit} or an {@link io.tombolo.dataplane.policy.Admitted}, or a fault. <b>Start reading
 * at</b> {@link io.tombolo.dataplane.policy.ImportGate} and {@link io.tombolo.dataplane.policy.ServiceGate}, behind which
 * {@link io.tombolo.dataplane.policy.AuthorizationGate} stands.
 * <p><b>May use:</b> {@code model}, {@code route}, {@code identity}, {@code feed}'s configuration value. <b>May not use:</b>
 * Netty. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.dataplane.policy;

import org.jspecify.annotations.NullMarked;
