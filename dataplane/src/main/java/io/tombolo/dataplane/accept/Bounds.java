package io.tombolo.dataplane.accept;

import io.tombolo.model.fault.Fault;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections against {@link AcceptLimits}. Any thread; never more entries than connections. */
final class Bounds {
    private final AcceptLimits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final Map<SourcePrefix, Integer> pendingBySource = new ConcurrentHashMap<>();

    Bounds(AcceptLimits limits) {
        this.limits = limits;
    }

    int connections() {
        return connections.get();
    }

    int pending() {
        return pending.get();
    }

    /** One more connection: empty if there is room, and then {@link #connectionClosed} must follow; else why not. */
    Optional<Fault> connectionOpened() {
        if (connections.incrementAndGet() > limits.maxConnections()) {
            connections.decrementAndGet();
            return Optional.of(Fault.TOO_MANY_CONNECTIONS);
        }
        return Optional.empty();
    }

    void connectionClosed() {
        connections.decrementAndGet();
    }

    /** A place for a connection from {@code source}; empty if it or all sources together have too many. */
    Optional<PendingPlace> takePending(InetAddress source) {
        if (pending.incrementAndGet() > limits.maxPending()) {
            pending.decrementAndGet();
            return Optional.empty();
        }
        SourcePrefix prefix = SourcePrefix.of(source);
        int ofSource = pendingBySource.merge(prefix, 1, Integer::sum);
        if (ofSource > limits.maxPendingPerSource()) {
            noLongerPending(prefix);
            return Optional.empty();
        }
        return Optional.of(new PendingPlace(this, prefix));
    }

    void noLongerPending(SourcePrefix source) {
        pending.decrementAndGet();
        pendingBySource.computeIfPresent(source, (prefix, count) -> count == 1 ? null : count - 1);
    }
}
