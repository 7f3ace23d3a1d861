/**
 * What gateway and sidecar have in common as programs: a configuration that is reported whole when it is wrong, the file that
 * says that the program serves, and how it ends.
 * <p><b>In:</b> what the program's own {@code boot} read of its configuration. <b>Out:</b> checked values, or one
 * {@link io.tombolo.model.fault.TomboloException} with every problem. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.program.ConfigCheck}.
 * <p><b>May use:</b> {@code model}, {@code enrol}. <b>May not use:</b> the container and its configuration library: their
 * words come in as texts. <b>Threads:</b> the program's main thread.
 */
@NullMarked
package io.tombolo.dataplane.program;

import org.jspecify.annotations.NullMarked;
