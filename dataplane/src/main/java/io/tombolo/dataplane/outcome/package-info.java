/**
 * What calls taught about endpoints and paths: ejection by blame, reachability, latency. Paths and endpoints are kept apart: a
 * broken path ejects nobody.
 * <p><b>In:</b> outcomes with the monotonic time they were seen at. <b>Out:</b> who may be picked. <b>Start reading at</b>
 * {@link io.tombolo.dataplane.outcome.Outcomes}.
 * <p><b>May use:</b> {@code model}. <b>May not use:</b> Netty, clocks: time is handed in. <b>Threads:</b> one loop; each loop
 * has its own evidence.
 */
@NullMarked
package io.tombolo.dataplane.outcome;

import org.jspecify.annotations.NullMarked;
