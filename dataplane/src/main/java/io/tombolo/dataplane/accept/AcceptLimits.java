package io.tombolo.dataplane.accept;

import io.tombolo.model.setting.Setting;

/**
 * How much comes in.
 * @param maxConnections      connections at once, 1 to 1000000; more are closed at once
 * @param maxPending          of them, those that have not said a name yet, 1 to maxConnections
 * @param maxPendingPerSource the same per IPv4 /24 or IPv6 /64, 1 to maxPending
 */
public record AcceptLimits(int maxConnections, int maxPending, int maxPendingPerSource) {
    /** For a gateway with the default file limit of a service. */
    public static final AcceptLimits DEFAULT = new AcceptLimits(20_000, 4_096, 256);

    public AcceptLimits {
        Setting.check(
                maxConnections >= 1 && maxConnections <= 1_000_000,
                "listen.max-connections",
                maxConnections,
                "1 to 1000000");
        Setting.check(
                maxPending >= 1 && maxPending <= maxConnections,
                "hello.max-pending",
                maxPending,
                "1 to listen.max-connections, " + maxConnections);
        Setting.check(
                maxPendingPerSource >= 1 && maxPendingPerSource <= maxPending,
                "hello.max-pending-per-source",
                maxPendingPerSource,
                "1 to hello.max-pending, " + maxPending);
    }
}
