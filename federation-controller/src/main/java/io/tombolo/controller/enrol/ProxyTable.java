package io.tombolo.controller.enrol;

import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.InstanceId;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The proxies of this cluster as they are now. Safe on any thread; never blocks. */
public final class ProxyTable {
    /** How long a proxy whose stream ended still counts as known, though not as ready. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** How long a proxy of before a restart of this controller is taken for there. */
    public static final Duration PRESUMED = Duration.ofSeconds(20);

    /** More are not remembered; who is forgotten is as one that was cut off. */
    static final int MOST_LEFT = 20_000;

    private final Set<InstanceId> left = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InstanceId, Boolean> eldest) {
            return size() > MOST_LEFT;
        }
    }));
    private final Set<InstanceId> presumed = ConcurrentHashMap.newKeySet();
    private final Map<InstanceId, LiveProxy> proxies = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private final Predicate<LiveProxy> drained;

    /** Nobody is drained. */
    public ProxyTable() {
        this(_ -> false);
    }

    /** @param drained whom an operator wants to be left alone; see {@link #recheck} */
    public ProxyTable(Predicate<LiveProxy> drained) {
        this.drained = drained;
    }

    /** Calls {@code listener} after each change, on the thread that made it; it must not block. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** Takes proxies of before a restart for there, as they were, until they come back or {@link #PRESUMED} is over. */
    public void presume(List<LiveProxy> before) {
        for (LiveProxy proxy : before) {
            if (proxies.putIfAbsent(proxy.registration().instance(), proxy) == null) {
                presumed.add(proxy.registration().instance());
            }
        }
    }

    /** Whether {@code instance} is only taken for there. */
    public boolean isPresumed(InstanceId instance) {
        return presumed.contains(instance);
    }

    public void connected(LiveProxy proxy) {
        presumed.remove(proxy.registration().instance());
        left.remove(proxy.registration().instance());
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

    /** It hung up itself, as at its end; else nobody knows what became of it. */
    public void left(InstanceId instance) {
        left.add(instance);
    }

    /** Whether it hung up itself since it was last here. Not remembered over a restart. */
    public boolean hasLeft(InstanceId instance) {
        return left.contains(instance);
    }

    /** The stream of {@code instance} ended and no newer one replaced it. */
    public void gone(InstanceId instance, long nowNanos) {
        proxies.computeIfPresent(instance, (_, proxy) -> proxy.gone(nowNanos));
        changed();
    }

    /** Forgets whom nobody has seen for {@link #GRACE}, and presumes nobody for longer than {@link #PRESUMED}. */
    public void sweep(long nowNanos) {
        for (InstanceId instance : presumed) {
            LiveProxy proxy = proxies.get(instance);
            boolean over = proxy == null || nowNanos - proxy.sinceNanos() > PRESUMED.toNanos();
            if (over && presumed.remove(instance)) {
                gone(instance, nowNanos);
            }
        }
        boolean removed = proxies.values()
                .removeIf(proxy -> !proxy.connected() && nowNanos - proxy.sinceNanos() > GRACE.toNanos());
        if (removed) {
            changed();
        }
    }

    public Optional<LiveProxy> find(InstanceId instance) {
        return Optional.ofNullable(proxies.get(instance)).map(this::shown);
    }

    /** All, by instance. */
    public List<LiveProxy> all() {
        return proxies.values().stream()
                .map(this::shown)
                .sorted(Comparator.comparing(proxy -> proxy.registration().instance()))
                .toList();
    }

    /** Somebody is drained, or is not any more. */
    public void recheck() {
        changed();
    }

    private LiveProxy shown(LiveProxy proxy) {
        return proxy.state() == InstanceState.READY && drained.test(proxy) ? proxy.in(InstanceState.DRAINING) : proxy;
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
