package io.tombolo.controller.kube;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which kinds of trouble were told since everything went well, so that what lasts is told once. Safe on any thread. */
final class Troubles {
    /** Whoever has so many has been told enough. */
    private static final int MOST = 16;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @return whether to tell it */
    boolean isNew(String what) {
        return told.size() < MOST && told.add(what);
    }

    /** Everything goes well again. */
    void over() {
        told.clear();
    }
}
