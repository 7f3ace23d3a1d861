/**
 * Figures of the whole mesh: three clusters of real processes, as {@code tombolo demo} starts them.
 * <p><b>In:</b> a built checkout. <b>Out:</b> tables of times and memory. <b>Start reading at</b>
 * {@link io.tombolo.benchmarks.mesh.Demo}. <b>Threads:</b> blocking; one at a time.
 */
@NullMarked
package io.tombolo.benchmarks.mesh;

import org.jspecify.annotations.NullMarked;
