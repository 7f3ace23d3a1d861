package io.tombolo.controller.kube;

import java.util.List;
import java.util.Set;

/** Objects of others that stand where ours would be: each is told once as long as it stands there. One thread's own. */
final class Strangers<T> {
    private Set<T> told = Set.of();

    /** @return who came since the last time */
    List<T> newAmong(Set<T> there) {
        List<T> came = there.stream().filter(one -> !told.contains(one)).toList();
        told = Set.copyOf(there);
        return came;
    }
}
