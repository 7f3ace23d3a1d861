package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.PathHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Chooses a gateway of another cluster: own evidence first, then what the own gateways measured, then time and weight. */
final class PathChoice {
    /** An unmeasured path counts as this long. */
    private static final double UNMEASURED_MICROS = 1_000;

    private PathChoice() {}

    /** Own evidence wins over what the own cluster's gateways measured. Tried ones count as down. */
    static PathHealth.State state(Scene scene, ClusterGateways gateways, GatewayInstance gateway) {
        var path = new PathKey(gateways.cluster(), gateway.instance());
        if (scene.tried().avoids(path, scene.again())) {
            return PathHealth.State.DOWN;
        }
        PathHealth.State own = scene.paths().state(path);
        PathHealth.State known = own != PathHealth.State.UNKNOWN
                ? own
                : measured(gateways, gateway).map(PathHealth::state).orElse(PathHealth.State.UNKNOWN);
        boolean forgiven = known == PathHealth.State.DOWN && scene.again().doubts();
        return forgiven ? PathHealth.State.UNKNOWN : known;
    }

    /** The gateway for one dial; empty if none is left that might work. */
    static Optional<GatewayInstance> choose(Scene scene, ClusterGateways gateways, RandomGenerator random) {
        for (boolean draining : new boolean[] {false, true}) {
            for (PathHealth.State state : List.of(PathHealth.State.UP, PathHealth.State.UNKNOWN)) {
                var usable = new ArrayList<GatewayInstance>();
                for (GatewayInstance gateway : gateways.gateways()) {
                    if (gateway.draining() == draining && state(scene, gateways, gateway) == state) {
                        usable.add(gateway);
                    }
                }
                if (!usable.isEmpty()) {
                    return Optional.of(byTimeAndWeight(scene, gateways, usable, random));
                }
            }
        }
        return Optional.empty();
    }

    /** Of two random ones the better: near gateways get more, none gets everything. */
    private static GatewayInstance byTimeAndWeight(
            Scene scene, ClusterGateways gateways, List<GatewayInstance> usable, RandomGenerator random) {
        GatewayInstance first = usable.get(random.nextInt(usable.size()));
        GatewayInstance second = usable.get(random.nextInt(usable.size()));
        return cost(scene, gateways, first) <= cost(scene, gateways, second) ? first : second;
    }

    /** Round trip of the nearest gateway that is up; 0 = not measured. */
    static int shortestMicros(Scene scene, ClusterGateways gateways) {
        return gateways.gateways().stream()
                .filter(gateway -> state(scene, gateways, gateway) == PathHealth.State.UP)
                .mapToInt(gateway -> rttMicros(scene, gateways, gateway))
                .filter(micros -> micros > 0)
                .min()
                .orElse(0);
    }

    private static int rttMicros(Scene scene, ClusterGateways gateways, GatewayInstance gateway) {
        long own = scene.paths().rttNanos(new PathKey(gateways.cluster(), gateway.instance()));
        return own > 0
                ? (int) TimeUnit.NANOSECONDS.toMicros(own)
                : measured(gateways, gateway).map(PathHealth::rttMicros).orElse(0);
    }

    private static double cost(Scene scene, ClusterGateways gateways, GatewayInstance gateway) {
        long own = scene.paths().rttNanos(new PathKey(gateways.cluster(), gateway.instance()));
        double micros = own > 0
                ? own / (double) TimeUnit.MICROSECONDS.toNanos(1)
                : measured(gateways, gateway)
                        .map(health -> (double) health.rttMicros())
                        .filter(rtt -> rtt > 0)
                        .orElse(UNMEASURED_MICROS);
        return micros / gateway.weight();
    }

    private static Optional<PathHealth> measured(ClusterGateways gateways, GatewayInstance gateway) {
        return gateways.measured().stream()
                .filter(health -> health.gateway().equals(gateway.instance()))
                .findFirst();
    }
}
