package io.tombolo.controller.kube;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was told since everything went well, so that what lasts is told once. Safe on any thread. */
public final class Told {
    /** Whoever has so many has been told enough. */
    static final int MOST = 16;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @return whether to tell it */
    public boolean isNew(String what) {
        return told.size() < MOST && told.add(what);
    }

    /** Everything goes well again. */
    public void over() {
        told.clear();
    }
}
