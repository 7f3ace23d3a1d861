/**
 * Starts the sidecar: reads its configuration, builds the rooms, and stops them in order.
 * <p><b>In:</b> command line, configuration files, environment. <b>Out:</b> a running program. <b>Start reading at</b>
 * {@link io.tombolo.sidecar.boot.SidecarProgram}.
 */
@NullMarked
package io.tombolo.sidecar.boot;

import org.jspecify.annotations.NullMarked;
