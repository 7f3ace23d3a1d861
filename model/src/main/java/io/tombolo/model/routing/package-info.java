/**
 * Which clusters get which share of the traffic for a service: one pure function, the same in controller and sidecar.
 * <p><b>In:</b> what is known of every exporting cluster, the policy, the previous decision, the time. <b>Out:</b> shares
 * with reasons. <b>Start reading at</b> {@link io.tombolo.model.routing.Failover}.
 * <p><b>May use:</b> {@code model.name}, {@code model.catalog}, {@code model.setting}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.routing;

import org.jspecify.annotations.NullMarked;
