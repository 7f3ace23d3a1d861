/**
 * Pulses: that an origin lives, how far its catalog goes, and which members list it holds.
 * <p><b>In:</b> {@link io.tombolo.catalog.members.Verified} records of the {@code pulse} topic. <b>Out:</b>
 * {@link io.tombolo.catalog.pulse.PulseBoard}, the last pulse of every origin. <b>Start reading at</b> it.
 * <b>May use:</b> {@code catalog.record}, {@code catalog.members}.
 * <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.catalog.pulse;

import org.jspecify.annotations.NullMarked;
