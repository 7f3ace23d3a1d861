package io.tombolo.controller.enrol;

import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.InstanceId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The proxies of this cluster as they are now. Safe on any thread; never blocks. */
public final class ProxyTable {
    /** How long a proxy whose stream ended still counts as known, though not as ready. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    private final Map<InstanceId, LiveProxy> proxies = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls {@code listener} after each change, on the thread that made it; it must not block. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    public void connected(LiveProxy proxy) {
        proxies.put(proxy.registration().instance(), proxy);
        changed();
    }

    public void report(InstanceId instance, InstanceState state) {
        LiveProxy before = proxies.get(instance);
        if (before != null && before.state() != state) {
            proxies.computeIfPresent(instance, (_, proxy) -> proxy.in(state));
            changed();
        }
    }

    /** The stream of {@code instance} ended and no newer one replaced it. */
    public void gone(InstanceId instance, long nowNanos) {
        proxies.computeIfPresent(instance, (_, proxy) -> proxy.gone(nowNanos));
        changed();
    }

    /** Forgets whom nobody has seen for {@link #GRACE}. */
    public void sweep(long nowNanos) {
        boolean removed = proxies.values()
                .removeIf(proxy -> !proxy.connected() && nowNanos - proxy.sinceNanos() > GRACE.toNanos());
        if (removed) {
            changed();
        }
    }

    public Optional<LiveProxy> find(InstanceId instance) {
        return Optional.ofNullable(proxies.get(instance));
    }

    /** All, by instance. */
    public List<LiveProxy> all() {
        return proxies.values().stream()
                .sorted(Comparator.comparing(proxy -> proxy.registration().instance()))
                .toList();
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
