package io.tombolo.dataplane.relay;

import io.netty.channel.EventLoop;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the relays of a gateway move, to whichever sidecar, and how they end. Safe on every loop. */
public final class Relayed {
    private final Counters ends;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Map<EventLoop, RelayMeter> meters = new ConcurrentHashMap<>();

    public Relayed(Metrics metrics) {
        this.ends = metrics.counters("tombolo_relays_total", "Relays that ended, by reason.", "reason");
        this.bytesIn = metrics.counter("tombolo_relay_client_bytes_total", "Bytes from clients to local sidecars.");
        this.bytesOut = metrics.counter("tombolo_relay_upstream_bytes_total", "Bytes from local sidecars to clients.");
    }

    /** For a relay that is about to start on that loop, on which this is called. */
    public RelayMeter.Running meter(EventLoop loop) {
        return meters.computeIfAbsent(loop, RelayMeter::new).meter(this::moved);
    }

    /** @param uncounted what the meter has not told of */
    public void ended(RelayEnd uncounted) {
        ends.of(uncounted.reason().name().toLowerCase(Locale.ROOT)).increment();
        moved(uncounted.bytesFromClient(), uncounted.bytesToClient());
    }

    private void moved(long fromClient, long toClient) {
        bytesIn.add(fromClient);
        bytesOut.add(toClient);
    }
}
