/**
 * How much of a service goes on at once, and how fast: what its TrafficPolicy allows, counted over all loops.
 * <p><b>In:</b> a policy, and what begins and ends. <b>Out:</b> whether more may begin. <b>Start reading at</b> {@link
 * io.tombolo.dataplane.limit.ServiceLimits} (who calls) and {@link io.tombolo.dataplane.limit.RateGate} (who serves).
 * <p><b>May use:</b> {@code model}. <b>May not use:</b> Netty, clocks: time is handed in. <b>Threads:</b> any; held for the time
 * of a few sums, and only where a policy asks for it.
 */
@NullMarked
package io.tombolo.dataplane.limit;

import org.jspecify.annotations.NullMarked;
