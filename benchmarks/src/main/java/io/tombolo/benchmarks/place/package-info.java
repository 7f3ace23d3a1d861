/**
 * Where a measurement runs: processes that it starts and ends, files below {@code benchmarks/target}, free ports.
 * <p><b>In:</b> a command line. <b>Out:</b> {@link io.tombolo.benchmarks.place.Child}. <b>Start reading at</b> it.
 * <p><b>May use:</b> {@code cli.program}, to start the product's programs as the launcher does. <b>Threads:</b> blocking;
 * one at a time.
 */
@NullMarked
package io.tombolo.benchmarks.place;

import org.jspecify.annotations.NullMarked;
