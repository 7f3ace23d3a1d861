package io.tombolo.controller.kube;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What went wrong since everything went well, so that what lasts is told once and stands in the status. Safe on any thread. */
final class Troubles {
    private final Told told = new Told();
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();

    /** @return whether to tell it */
    boolean isNew(ApiTrouble trouble) {
        trouble.warning().filter(_ -> warnings.size() < Told.MOST).ifPresent(warnings::add);
        return told.isNew(trouble.detail());
    }

    /** What lasts. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Everything goes well again. */
    void over() {
        told.over();
        warnings.clear();
    }
}
