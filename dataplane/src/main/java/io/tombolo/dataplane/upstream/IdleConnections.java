package io.tombolo.dataplane.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Connections that wait for the next request, the last used first. On one loop.
 * @param <K> what they lead to
 */
final class IdleConnections<K> {
    private final PoolLimits limits;
    private final RandomGenerator random;
    private final Map<K, Deque<Pooled<K>>> idle = new HashMap<>();
    private int open;

    IdleConnections(PoolLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    /** Room for one more connection; when there is none, an idle one is closed for it. */
    boolean reserve() {
        if (open >= limits.maxConnections() && !closeOldest()) {
            return false;
        }
        open++;
        return true;
    }

    /** A reserved connection is gone or was never made. */
    void closed() {
        open--;
    }

    int open() {
        return open;
    }

    /** The time at which a connection made now is too old, jittered. */
    long endOfLife(long nowNanos) {
        long life = limits.maxAge().toNanos();
        return nowNanos + life - (long) (random.nextDouble() * life / 5);
    }

    /** A connection that is still good; those that are not are closed on the way. */
    Optional<Pooled<K>> take(K key, Predicate<Pooled<K>> good, long nowNanos) {
        Deque<Pooled<K>> waiting = idle.get(key);
        while (waiting != null && !waiting.isEmpty()) {
            Pooled<K> last = waiting.removeLast();
            if (last.connection().isActive() && last.endNanos() - nowNanos > 0 && good.test(last)) {
                return Optional.of(last);
            }
            last.connection().close();
        }
        idle.remove(key);
        return Optional.empty();
    }

    void put(Pooled<K> pooled) {
        idle.computeIfAbsent(pooled.key(), key -> new ArrayDeque<>()).addLast(pooled);
    }

    void remove(Pooled<K> pooled) {
        Deque<Pooled<K>> waiting = idle.get(pooled.key());
        if (waiting != null && waiting.remove(pooled) && waiting.isEmpty()) {
            idle.remove(pooled.key());
        }
    }

    /** Closes what waited for too long. */
    void sweep(long nowNanos) {
        for (Deque<Pooled<K>> waiting : idle.values().stream().toList()) {
            for (Pooled<K> pooled : waiting.stream().toList()) {
                if (nowNanos - pooled.idleSinceNanos() > limits.idle().toNanos() || pooled.endNanos() - nowNanos <= 0) {
                    pooled.connection().close();
                }
            }
        }
    }

    /** Closes everything that waits. */
    void closeAll() {
        for (Deque<Pooled<K>> waiting : idle.values().stream().toList()) {
            waiting.stream().toList().forEach(pooled -> pooled.connection().close());
        }
    }

    private boolean closeOldest() {
        Iterator<Deque<Pooled<K>>> all = idle.values().iterator();
        if (!all.hasNext()) {
            return false;
        }
        Pooled<K> oldest = all.next().getFirst();
        remove(oldest);
        oldest.connection().close();
        return true;
    }
}
