package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Chooses the local instance for one connection: the wanted one if there is one, else the ready one with the fewest
 * connections for its weight. A draining instance is taken only by exactly its name. O(instances of the service).
 */
public final class InstancePick {
    private final Loads loads;
    private final SplittableRandom random;

    /** @param random breaks ties, so that several gateways do not all begin with the same instance */
    public InstancePick(Loads loads, SplittableRandom random) {
        this.loads = loads;
        this.random = random;
    }

    /**
     * The next instance to dial.
     * @param tried instances that did not answer for this connection
     * @return empty if nothing is left
     */
    public Optional<LocalInstance> pick(Sni.Service name, ProxyConfig config, Set<InstanceId> tried) {
        List<LocalInstance> able = config.local(name.port().service()).stream()
                .filter(instance -> instance.ports().contains(name.port().port()))
                .filter(instance -> !instance.addresses().isEmpty() && !tried.contains(instance.instance()))
                .toList();
        return switch (name.wanted()) {
            case ANY -> leastLoaded(able);
            case PREFERRED -> named(able, name, false).or(() -> leastLoaded(able));
            case EXACT -> named(able, name, true);
        };
    }

    private static Optional<LocalInstance> named(List<LocalInstance> able, Sni.Service name, boolean evenDraining) {
        return able.stream()
                .filter(instance -> name.instance().equals(Optional.of(instance.instance())))
                .filter(instance -> instance.state() == InstanceState.READY
                        || (evenDraining && instance.state() == InstanceState.DRAINING))
                .findFirst();
    }

    private Optional<LocalInstance> leastLoaded(List<LocalInstance> able) {
        var best = new ArrayList<LocalInstance>();
        double least = Double.MAX_VALUE;
        for (LocalInstance instance : able) {
            double load = load(instance); // looked at once: other loops change it all the time
            if (instance.state() == InstanceState.READY && load <= least) {
                if (load < least) {
                    best.clear();
                }
                best.add(instance);
                least = load;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best.get(random.nextInt(best.size())));
    }

    private double load(LocalInstance instance) {
        return (loads.of(instance.instance()) + 1.0) / Math.max(1, instance.weight());
    }
}
