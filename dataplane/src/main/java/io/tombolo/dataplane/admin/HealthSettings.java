package io.tombolo.dataplane.admin;

import io.tombolo.model.setting.Setting;
import java.net.InetSocketAddress;

/**
 * A port for load balancers.
 * @param listen         may be open to others
 * @param maxConnections at once; 1 to 10000
 */
public record HealthSettings(InetSocketAddress listen, int maxConnections) {
    public HealthSettings {
        Setting.check(
                maxConnections >= 1 && maxConnections <= 10_000,
                "health.max-connections",
                maxConnections,
                "1 to 10000");
    }
}
