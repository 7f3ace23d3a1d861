/**
 * Who called whom and how that went, as numbers with both ends in their labels. No label is ever "unknown": what there is not,
 * because nothing was picked or nobody is to blame, is {@code none}.
 * <p><b>In:</b> the ends of exchanges and connections, on the loop they lived on. <b>Out:</b> rows of
 * {@link io.tombolo.dataplane.metrics.Metrics}. <b>Start reading at</b> {@link io.tombolo.dataplane.traffic.Edge}.
 * <p><b>May use:</b> {@code metrics}, {@code model}, the JDK. <b>Threads:</b> an edge is one loop's.
 */
@NullMarked
package io.tombolo.dataplane.traffic;

import org.jspecify.annotations.NullMarked;
