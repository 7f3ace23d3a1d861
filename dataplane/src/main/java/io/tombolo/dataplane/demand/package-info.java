/**
 * How much this proxy asks for of the services that it calls.
 * <p><b>In:</b> one call per first attempt, from any loop. <b>Out:</b> requests per second by service, for the controller, which
 * knows by them what the whole cluster asks for. <b>Start reading at</b> {@link io.tombolo.dataplane.demand.Demand}.
 */
@NullMarked
package io.tombolo.dataplane.demand;

import org.jspecify.annotations.NullMarked;
