package io.tombolo.controller.boot;

import io.tombolo.catalog.merge.Merged;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells when what is exported in the federation changed, and not each time that a pulse came. Safe on any thread. */
final class ServiceNews {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable List<Merged>> last = new AtomicReference<>();

    /** @param listener must not block */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** @param all of a view, which is the same object as in the view before if nothing changed */
    void are(List<Merged> all) {
        if (last.getAndSet(all) != all) {
            listeners.forEach(Runnable::run);
        }
    }
}
