package io.tombolo.controller.health;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.WorkloadEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which workloads without a sidecar accept connections. An address at which nobody has looked yet is unknown: it may be tried, and
 * is published as neither ready nor not. Safe on any thread; never blocks.
 */
public final class EndpointTable {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<HostPort, Optional<String>> found = Map.of();

    /** Calls {@code listener} after each change, on the thread that made it; it must not block. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** @param now why an address does not accept, or empty if it does; addresses that are not in it are forgotten */
    public void found(Map<HostPort, Optional<String>> now) {
        boolean changed = !states(now).equals(states(found));
        found = Map.copyOf(now);
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    private static Object states(Map<HostPort, Optional<String>> addresses) {
        return addresses.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().isEmpty()));
    }

    /** The same endpoint in the state that was found: ready if all of its ports are, or are unknown. */
    public WorkloadEndpoint look(WorkloadEndpoint endpoint) {
        return endpoint.in(whyNot(endpoint).isEmpty() ? InstanceState.READY : InstanceState.NOT_READY);
    }

    /** What was found against it; empty = nothing, or nobody has looked. */
    public Optional<String> whyNot(WorkloadEndpoint endpoint) {
        return addresses(endpoint).stream()
                .flatMap(address ->
                        found.getOrDefault(address, Optional.empty()).stream().map(why -> address + ": " + why))
                .findFirst();
    }

    /** Whether somebody has looked at all of its ports. */
    public boolean knows(WorkloadEndpoint endpoint) {
        return found.keySet().containsAll(addresses(endpoint));
    }

    static List<HostPort> addresses(WorkloadEndpoint endpoint) {
        return endpoint.targets().keySet().stream()
                .sorted()
                .flatMap(port -> endpoint.address(port).stream())
                .toList();
    }
}
