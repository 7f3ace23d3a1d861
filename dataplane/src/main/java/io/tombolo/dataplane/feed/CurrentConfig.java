package io.tombolo.dataplane.feed;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The configuration in force. {@link #get} is one volatile read. */
public final class CurrentConfig implements Supplier<ProxyConfig> {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile ProxyConfig current = ProxyConfig.EMPTY;

    /** Hears of every change after it is in force, in order. */
    @FunctionalInterface
    public interface Listener {
        /** Called on the feed's thread: hand work over to loops, don't block for long. */
        void changed(ProxyConfig before, ProxyConfig after);
    }

    @Override
    public ProxyConfig get() {
        return current;
    }

    /** Adds a listener; it hears of later changes only. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Puts {@code next} in force. One thread at a time: the feed's, or a test's. */
    public void swap(ProxyConfig next) {
        ProxyConfig before = current;
        current = next;
        listeners.forEach(listener -> listener.changed(before, next));
    }
}
