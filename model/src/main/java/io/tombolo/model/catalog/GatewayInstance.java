package io.tombolo.model.catalog;

import io.tombolo.model.name.InstanceId;
import io.tombolo.model.setting.Setting;
import java.util.List;

/**
 * One gateway process of a cluster: a path, never an endpoint.
 * @param addresses where peers reach it; 1 to 8
 * @param weight    1 to 10000
 * @param draining  accepts for a little longer, then goes
 * @param zone      may be empty
 */
public record GatewayInstance(
        InstanceId instance, List<HostPort> addresses, int weight, boolean draining, String zone) {
    /** Most addresses of one gateway. */
    public static final int MAX_ADDRESSES = 8;

    public GatewayInstance {
        addresses = List.copyOf(addresses);
        Setting.check(
                !addresses.isEmpty() && addresses.size() <= MAX_ADDRESSES,
                "gateway addresses",
                addresses.size(),
                "1 to 8");
        Setting.check(weight >= 1 && weight <= 10_000, "gateway weight", weight, "1 to 10000");
    }
}
