package io.tombolo.controller.health;

import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.InstanceId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What each of this cluster's gateways measured. Safe on any thread; never blocks. */
public final class PathTable {
    /** Most paths of one gateway. */
    public static final int MAX_PATHS = 256;

    private final Map<InstanceId, List<PathHealth>> byGateway = new ConcurrentHashMap<>();
    private final Map<InstanceId, Long> heardNanos = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls {@code listener} after each change, on the thread that made it; it must not block. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** A gateway reports each 10 s at least, whether something changed or not. */
    public void report(InstanceId gateway, List<PathHealth> paths) {
        heardNanos.put(gateway, System.nanoTime());
        List<PathHealth> kept = paths.stream().limit(MAX_PATHS).toList();
        if (!kept.equals(byGateway.put(gateway, kept))) {
            listeners.forEach(Runnable::run);
        }
    }

    public void gone(InstanceId gateway) {
        heardNanos.remove(gateway);
        if (byGateway.remove(gateway) != null) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Since a gateway last reported; empty if it does not, or is gone. */
    public Optional<Duration> age(InstanceId gateway) {
        return Optional.ofNullable(heardNanos.get(gateway)).map(heard -> Duration.ofNanos(System.nanoTime() - heard));
    }

    /** By reporting gateway. */
    public Map<InstanceId, List<PathHealth>> all() {
        return Map.copyOf(byGateway);
    }

    /** One entry per peer gateway: the best that any of this cluster's gateways measured. */
    public List<PathHealth> best() {
        Map<InstanceId, PathHealth> best = new ConcurrentHashMap<>();
        byGateway.values().stream()
                .flatMap(List::stream)
                .forEach(path -> best.merge(path.gateway(), path, PathTable::better));
        return best.values().stream()
                .sorted(Comparator.comparing(PathHealth::cluster).thenComparing(PathHealth::gateway))
                .toList();
    }

    private static PathHealth better(PathHealth one, PathHealth other) {
        if (one.state() != other.state()) {
            return rank(one) > rank(other) ? one : other;
        }
        return one.rttMicros() <= other.rttMicros() ? one : other;
    }

    private static int rank(PathHealth path) {
        return switch (path.state()) {
            case UP -> 2;
            case DOWN -> 1;
            case UNKNOWN -> 0;
        };
    }
}
