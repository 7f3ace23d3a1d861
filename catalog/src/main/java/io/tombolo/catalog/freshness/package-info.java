/**
 * How current each origin is, as a value that everybody can see.
 * <p><b>In:</b> when pulses arrived, when the own pulse was read back, the time. <b>Out:</b>
 * {@link io.tombolo.catalog.freshness.OriginAge} per origin. <b>Start reading at</b>
 * {@link io.tombolo.catalog.freshness.Leases}. <b>May use:</b> {@code model}. <b>Threads:</b> any; all immutable. Times are
 * monotonic nanoseconds ({@code System.nanoTime}); no clock of another machine decides anything but "delayed".
 */
@NullMarked
package io.tombolo.catalog.freshness;

import org.jspecify.annotations.NullMarked;
