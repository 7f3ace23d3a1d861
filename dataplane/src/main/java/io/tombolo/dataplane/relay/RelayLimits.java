package io.tombolo.dataplane.relay;

import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import java.time.Duration;

/**
 * How long a relay waits for its two sides; checked where it is configured, under the keys that are there.
 * @param idle     it ends when nothing moves in either direction for one to two times this
 * @param flush    when it has ended, a side has so long to take what is left; then that is lost
 * @param idled    counts those that ended for the first
 * @param notTaken counts those that lost something by the second
 */
public record RelayLimits(Duration idle, Duration flush, Counter idled, Counter notTaken) {
    /** Enough for what two write buffers hold on a slow line. */
    public static final Duration USUAL_FLUSH = Duration.ofSeconds(10);

    public static RelayLimits of(Duration idle, Duration flush, Metrics metrics) {
        Counter notTaken = metrics.counter(
                "tombolo_relay_flush_timeouts_total",
                "Ended connections whose reader did not take what was left of them in time.");
        Counter idled = metrics.counter(
                "tombolo_relay_idle_total", "Connections ended because nothing moved on them for too long.");
        return new RelayLimits(idle, flush, idled, notTaken);
    }
}
