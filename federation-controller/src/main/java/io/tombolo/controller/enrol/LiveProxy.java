package io.tombolo.controller.enrol;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.InstanceHostname;
import java.util.List;
import java.util.Optional;

/**
 * A proxy that follows the feed now, or did a moment ago.
 * @param addresses where others of this cluster reach it; at most 8
 * @param offers    at most 64
 * @param weight    1 to 10000
 * @param hostname  as it says; others may say the same
 * @param connected it follows the feed, or is taken for it ({@link ProxyTable#presume}); false = its stream ended, it is
 *     forgotten after {@link ProxyTable#GRACE}
 * @param sinceNanos monotonic time of the last change of {@code connected}
 */
public record LiveProxy(
        Registration registration,
        List<HostPort> addresses,
        List<OfferedPort> offers,
        String zone,
        int weight,
        Optional<InstanceHostname> hostname,
        InstanceState state,
        String softwareVersion,
        boolean connected,
        long sinceNanos) {
    /** Most offers of one proxy. */
    public static final int MAX_OFFERS = 64;

    public LiveProxy {
        addresses = List.copyOf(addresses);
        offers = List.copyOf(offers);
    }

    public LiveProxy in(InstanceState next) {
        return new LiveProxy(
                registration, addresses, offers, zone, weight, hostname, next, softwareVersion, connected, sinceNanos);
    }

    LiveProxy gone(long nowNanos) {
        return new LiveProxy(
                registration,
                addresses,
                offers,
                zone,
                weight,
                hostname,
                InstanceState.NOT_READY,
                softwareVersion,
                false,
                nowNanos);
    }
}
