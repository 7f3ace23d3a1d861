/**
 * How this cluster's traffic is divided over clusters: the same pure decision as in the sidecars, made once for the whole cluster
 * from what the controller knows.
 * <p><b>In:</b> the view of the federation, paths as the gateways measured them, policies, orders to evacuate, demand.
 * <b>Out:</b> shares with reasons. <b>Start reading at</b> {@link io.tombolo.controller.failover.KnownTargets}.
 */
@NullMarked
package io.tombolo.controller.failover;

import org.jspecify.annotations.NullMarked;
