/**
 * A sidecar that runs on this machine: found by its state directory, asked by its administrator's port.
 * <p><b>Start reading at</b> {@link io.tombolo.cli.running.RunningSidecar}. <b>May use:</b> {@code program}.
 */
@NullMarked
package io.tombolo.cli.running;

import org.jspecify.annotations.NullMarked;
