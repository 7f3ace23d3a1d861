package io.tombolo.dataplane.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Places for streams: so many for all, and a part of them for one address. Any thread. */
final class StreamPlaces {
    private final DnsLimits limits;
    private final Map<InetAddress, Integer> taken = new HashMap<>();
    private int all;

    StreamPlaces(DnsLimits limits) {
        this.limits = limits;
    }

    /** False if there is none for it now. */
    synchronized boolean take(InetAddress client) {
        if (all >= limits.maxStreams() || taken.getOrDefault(client, 0) >= limits.maxStreamsOfOne()) {
            return false;
        }
        taken.merge(client, 1, Integer::sum);
        all++;
        return true;
    }

    synchronized void giveBack(InetAddress client) {
        taken.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
        all--;
    }
}
