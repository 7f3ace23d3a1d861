package io.tombolo.controller.kube;

import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.StoredResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Keeps what was read from the API server. */
final class KubeStore {
    private KubeStore() {}

    /** An object that was made anew is another one, with another place among those that contradict each other. */
    static StoredResource keep(ResourceStore store, ParsedResource resource, Instant createdAt) {
        Optional<StoredResource> kept = store.find(resource.key());
        if (kept.filter(old -> !old.createdAt().equals(createdAt)).isPresent()) {
            store.delete(resource.key());
        }
        return store.put(resource, KubeExports.SOURCE, createdAt.truncatedTo(ChronoUnit.MILLIS))
                .resource();
    }
}
