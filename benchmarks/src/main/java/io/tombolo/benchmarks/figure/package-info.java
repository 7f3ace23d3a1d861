/**
 * Figures: what the kernel says about a process, percentiles, and tables of them.
 * <p><b>In:</b> samples and texts of {@code /proc}. <b>Out:</b> numbers and lines. <b>Start reading at</b>
 * {@link io.tombolo.benchmarks.figure.ProcessFigures}. <b>May use:</b> the JDK only. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
