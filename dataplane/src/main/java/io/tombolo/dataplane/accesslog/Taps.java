package io.tombolo.dataplane.accesslog;

import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everybody who looks at the traffic of this process. Any thread. */
public final class Taps {
    /** Most at once, by default. */
    public static final int MOST = 4;

    private final List<Tap> all = new CopyOnWriteArrayList<>();
    private final Counter missed;
    private final Counter refused;
    private volatile int most = MOST;

    Taps(Metrics metrics) {
        this.missed = metrics.counter("tombolo_tap_missed_total", "Entries that a tap wanted and did not get.");
        this.refused = metrics.fault(Fault.TOO_MANY_TAPS);
        metrics.gauge("tombolo_taps", "Who looks at the traffic now.", all::size);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void offer(Access access) {
        for (Tap tap : all) {
            tap.offer(access);
        }
    }

    /** Lets so many look at once. */
    public void limit(int atOnce) {
        most = atOnce;
    }

    /**
     * Begins to look, until the tap is closed.
     * @throws TomboloException TOO_MANY_TAPS
     */
    public synchronized Tap open(TapFilter filter) {
        if (all.size() >= most) {
            refused.increment();
            throw new TomboloException(
                    Fault.TOO_MANY_TAPS, "admin.max-taps = " + most, "are open", "end one of them, or raise it");
        }
        var tap = new Tap(this, filter);
        all.add(tap);
        return tap;
    }

    void remove(Tap tap) {
        all.remove(tap);
    }

    void missed(long entries) {
        missed.add(entries);
    }
}
