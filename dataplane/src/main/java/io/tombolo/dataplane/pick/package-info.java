/**
 * Chooses who gets the next request or connection. A sidecar chooses the cluster by share, the instance by two random choices
 * and expected wait, and the path by what is known of it; a retry comes back with what was tried. A gateway chooses among
 * instances of its own cluster.
 * <p><b>In:</b> what was permitted (a {@link io.tombolo.dataplane.policy.Permit}) or routed, the configuration, the evidence,
 * what was tried. <b>Out:</b> a {@link io.tombolo.dataplane.pick.Picked} or an instance, or why there is none. <b>Start
 * reading at</b> {@link io.tombolo.dataplane.pick.Picker} and {@link io.tombolo.dataplane.pick.InstancePick}.
 * <p><b>May use:</b> {@code model}, {@code policy}, {@code route}, {@code outcome}, {@code feed}'s configuration value. <b>May
 * not use:</b> Netty, clocks. <b>Threads:</b> a picker belongs to one loop; an instance pick to any.
 */
@NullMarked
package io.tombolo.dataplane.pick;

import org.jspecify.annotations.NullMarked;
