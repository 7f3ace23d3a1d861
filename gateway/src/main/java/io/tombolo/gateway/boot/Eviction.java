package io.tombolo.gateway.boot;

import io.netty.util.NetUtil;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.HostPort;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a change of the members means for connections that this gateway cannot look into. Sidecars dial gateways directly, so
 * an address that an evicted cluster published is all that a passthrough gateway can know of it; the destination sidecars
 * know the callers and cut the rest.
 */
final class Eviction {
    private Eviction() {}

    /**
     * Addresses that a cluster published which was admitted before and is not any more; none that an admitted one shares.
     * Names are not resolved.
     */
    static Set<InetAddress> addresses(ProxyConfig before, ProxyConfig after) {
        var gone = new HashSet<InetAddress>();
        before.gateways().stream()
                .filter(paths -> before.isAdmitted(paths.cluster()) && !after.isAdmitted(paths.cluster()))
                .flatMap(Eviction::literals)
                .forEach(gone::add);
        after.gateways().stream()
                .filter(paths -> after.isAdmitted(paths.cluster()))
                .flatMap(Eviction::literals)
                .forEach(gone::remove);
        return gone;
    }

    private static Stream<InetAddress> literals(ClusterGateways paths) {
        return paths.gateways().stream()
                .flatMap(gateway -> gateway.addresses().stream())
                .map(HostPort::host)
                .filter(host -> NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host))
                .map(NetUtil::createInetAddressFromIpAddressString);
    }
}
