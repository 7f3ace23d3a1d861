/**
 * How calls of a service are spread, limited, tried again and disturbed: the values of a TrafficPolicy, and the sums behind
 * them as pure functions.
 * <p><b>In:</b> what an owner wrote. <b>Out:</b> values that exist only if they are valid. <b>Start reading at</b> {@link
 * io.tombolo.model.traffic.TrafficPolicy}.
 * <p><b>May use:</b> {@code model.name}, {@code model.setting}, {@code model.fault}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.traffic;

import org.jspecify.annotations.NullMarked;
