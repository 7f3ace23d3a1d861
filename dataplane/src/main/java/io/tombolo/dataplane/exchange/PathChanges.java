package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.PathHealth;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** What a new configuration says about ways into other clusters that were known before. Pure. */
final class PathChanges {
    private PathChanges() {}

    /** Gateways that are reached at other addresses now. */
    static List<PathKey> moved(ProxyConfig before, ProxyConfig after) {
        Map<PathKey, GatewayInstance> old = byPath(before);
        return chosen(
                after,
                (path, gateway) ->
                        old.containsKey(path) && !old.get(path).addresses().equals(gateway.addresses()));
    }

    /** Gateways that go away and did not say so before, with those that share an address: a connection may be either's. */
    static List<PathKey> draining(ProxyConfig before, ProxyConfig after) {
        return chosen(after, (path, gateway) -> gateway.draining() && !isDraining(before, path)).stream()
                .flatMap(path -> sharingAddress(after, path))
                .distinct()
                .toList();
    }

    private static Stream<PathKey> sharingAddress(ProxyConfig config, PathKey path) {
        return config.gateways(path.cluster()).stream()
                .flatMap(all -> all.gateways().stream()
                        .filter(gateway -> gateway.instance().equals(path.gateway()))
                        .flatMap(gateway -> all.sharingAddress(gateway).stream()))
                .map(gateway -> new PathKey(path.cluster(), gateway));
    }

    /** Gateways that those of the own cluster do not reach any more. */
    static List<PathKey> unreached(ProxyConfig before, ProxyConfig after) {
        Set<PathKey> known = unreached(before);
        return unreached(after).stream().filter(path -> !known.contains(path)).toList();
    }

    private static Set<PathKey> unreached(ProxyConfig config) {
        var all = new LinkedHashSet<PathKey>();
        for (ClusterGateways of : config.gateways()) {
            of.measured().stream()
                    .filter(health -> health.state() == PathHealth.State.DOWN)
                    .forEach(health -> all.add(new PathKey(of.cluster(), health.gateway())));
        }
        return all;
    }

    /** Whether the gateway said that it goes away. */
    static boolean isDraining(ProxyConfig config, PathKey path) {
        Optional<ClusterGateways> gateways = config.gateways(path.cluster());
        return gateways.isPresent()
                && gateways.get().gateways().stream()
                        .anyMatch(gateway ->
                                gateway.draining() && gateway.instance().equals(path.gateway()));
    }

    private static List<PathKey> chosen(ProxyConfig config, BiPredicate<PathKey, GatewayInstance> wanted) {
        return byPath(config).entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<PathKey, GatewayInstance> byPath(ProxyConfig config) {
        var all = new HashMap<PathKey, GatewayInstance>();
        for (ClusterGateways of : config.gateways()) {
            of.gateways().forEach(gateway -> all.put(new PathKey(of.cluster(), gateway.instance()), gateway));
        }
        return all;
    }
}
