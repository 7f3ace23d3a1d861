/**
 * Starts the controller of one cluster: reads its configuration, builds the rooms, and stops them in order.
 * <p><b>In:</b> command line, configuration files, environment. <b>Out:</b> a running program. <b>Start reading at</b>
 * {@link io.tombolo.controller.boot.ControllerProgram}.
 */
@NullMarked
package io.tombolo.controller.boot;

import org.jspecify.annotations.NullMarked;
