package io.tombolo.dataplane.feed;

import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The configuration in force, and the way to more of it. {@link #get} is one volatile read. */
public final class CurrentConfig implements Supplier<ProxyConfig> {
    private static final long WORD_HOLDS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Optional<Interests> interests;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile ProxyConfig current = ProxyConfig.EMPTY;
    private volatile boolean heard;
    private volatile long heardNanos;
    private volatile boolean everHeard;

    /** Hears of every change after it is in force, in order. */
    @FunctionalInterface
    public interface Listener {
        /** Called on the feed's thread: hand work over to loops, don't block for long. */
        void changed(ProxyConfig before, ProxyConfig after);
    }

    /** Everything is always there. */
    public CurrentConfig() {
        this.interests = Optional.empty();
    }

    /** What is called is there. */
    public CurrentConfig(Interests interests) {
        this.interests = Optional.of(interests);
    }

    /** A service is called. */
    public void used(ServiceName service, long nowNanos) {
        if (interests.isPresent()) {
            interests.get().used(service, nowNanos);
        }
    }

    /**
     * Asks for the endpoints of a service of which only the name is here.
     * @return completes normally when they are there, or are not after {@link Interests#PATIENCE}; on any thread
     */
    public CompletableFuture<Void> require(ServiceName service, long nowNanos) {
        if (interests.isEmpty() || !current.isHeldBack(service)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> there = interests.get().require(service, nowNanos);
        interests.get().follow(current); // it may have come in between
        return there;
    }

    @Override
    public ProxyConfig get() {
        return current;
    }

    /** A controller answers from now on, or does not any more. One thread at a time. */
    public void heard(boolean now, long nowNanos) {
        heardNanos = nowNanos;
        everHeard = everHeard || now;
        heard = now;
    }

    /** Whether what a controller decided is still its word: it answers, or did a moment ago. */
    public boolean hearsController(long nowNanos) {
        return heard || (everHeard && nowNanos - heardNanos < WORD_HOLDS_NANOS);
    }

    /** Adds a listener; it hears of later changes only. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Puts {@code next} in force. One thread at a time: the feed's, or a test's. */
    public void swap(ProxyConfig next) {
        ProxyConfig before = current;
        current = next;
        interests.ifPresent(these -> these.follow(next));
        listeners.forEach(listener -> listener.changed(before, next));
    }
}
