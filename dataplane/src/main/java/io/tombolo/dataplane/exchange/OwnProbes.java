package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.dataplane.probe.ProbeResult;
import io.tombolo.dataplane.probe.ProbeTarget;
import io.tombolo.dataplane.probe.Probes;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which gateways this sidecar measures itself, and what it does with what it finds. Gateways of the own cluster measure all
 * paths; what a sidecar sees on its own way counts more.
 */
public final class OwnProbes {
    /** Gateway instances of one cluster. */
    static final int PER_CLUSTER = 3;

    private final Outbound outbound;
    private final InstanceId self;

    public OwnProbes(Outbound outbound, InstanceId self) {
        this.outbound = outbound;
        this.self = self;
    }

    /** Measures what is in use now; called when the configuration changed and every now and then. Any thread. */
    public void look(Probes probes, ProxyConfig config, long nowNanos) {
        probes.measure(targets(config, outbound.usedClusters().now(nowNanos), self));
    }

    /**
     * A probe has a result, on its loop. Only one that worked before says that a path is down: a gateway keeps the probes of so
     * many sidecars and no more, and whom it turns away learned nothing about its calls.
     */
    public void found(Optional<ProbeResult> before, ProbeResult after) {
        if (tells(before, after)) {
            outbound.measured(after.health());
        }
        if (after.isSilent()) {
            outbound.fellSilent(
                    new PathKey(after.health().cluster(), after.health().gateway()));
        }
    }

    static boolean tells(Optional<ProbeResult> before, ProbeResult after) {
        return after.health().state() == PathHealth.State.UP
                || before.filter(result -> result.health().state() == PathHealth.State.UP)
                        .isPresent();
    }

    /**
     * Up to three gateways of each cluster in use with which trust is mutual, those first that do not drain. Each sidecar
     * begins at a place of its own in the list, so that all of them together measure all gateways. First one of each cluster,
     * then the second ones, so that a limit leaves no cluster out.
     */
    static List<ProbeTarget> targets(ProxyConfig config, List<ClusterId> used, InstanceId self) {
        if (config.own().isEmpty()) {
            return List.of();
        }
        FederationName federation = config.own().get().federation();
        var targets = new ArrayList<ProbeTarget>();
        List<ClusterGateways> clusters = used.stream()
                .filter(cluster -> config.isAdmitted(cluster) && !config.isOwn(cluster))
                .flatMap(cluster -> config.gateways(cluster).stream())
                .filter(ClusterGateways::trusted)
                .toList();
        for (int i = 0; i < PER_CLUSTER; i++) {
            for (ClusterGateways paths : clusters) {
                List<GatewayInstance> mine = inMyOrder(paths.gateways(), self);
                if (i < mine.size()) {
                    targets.add(ProbeTarget.of(paths, mine.get(i), federation, Optional.empty()));
                }
            }
        }
        return targets;
    }

    private static List<GatewayInstance> inMyOrder(List<GatewayInstance> gateways, InstanceId self) {
        List<GatewayInstance> sorted = gateways.stream()
                .sorted(Comparator.comparing(gateway -> gateway.instance().value()))
                .toList();
        int first = sorted.isEmpty() ? 0 : Math.floorMod(self.value().hashCode(), sorted.size());
        return Stream.concat(sorted.stream().skip(first), sorted.stream().limit(first))
                .sorted(Comparator.comparing(GatewayInstance::draining))
                .toList();
    }
}
