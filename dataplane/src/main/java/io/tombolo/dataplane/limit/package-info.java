/**
 * How much of a service goes on at once, how fast, and how many of the attempts may be retries.
 * <p><b>In:</b> a policy or a setting, and what begins and ends. <b>Out:</b> whether more may begin. <b>Start reading at</b> {@link
 * io.tombolo.dataplane.limit.ServiceLimits} (who calls) and {@link io.tombolo.dataplane.limit.RateGate} (who serves).
 * <p><b>May use:</b> {@code model}. <b>May not use:</b> Netty, clocks: time is handed in. <b>Threads:</b> any; held for the time
 * of a few sums.
 */
@NullMarked
package io.tombolo.dataplane.limit;

import org.jspecify.annotations.NullMarked;
