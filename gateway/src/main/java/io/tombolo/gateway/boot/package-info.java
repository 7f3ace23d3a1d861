/**
 * Starts the gateway: reads its configuration, builds the rooms, and stops them in order.
 * <p><b>In:</b> command line, configuration files, environment. <b>Out:</b> a running program. <b>Start reading at</b>
 * {@link io.tombolo.gateway.boot.GatewayProgram}.
 */
@NullMarked
package io.tombolo.gateway.boot;

import org.jspecify.annotations.NullMarked;
