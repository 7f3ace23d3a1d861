package io.tombolo.controller.kube;

import io.tombolo.controller.store.ResourceKey;
import java.util.Optional;

/** What the federation says of an export of this cluster. Any thread; does not block. */
public interface ExportNews {
    /** {@code pending}, or the number under which the federation has it; empty while this cluster is no member. */
    Optional<String> published(ResourceKey export);

    /** What exports of other clusters do to it, as a condition; empty = nothing. */
    Optional<Condition> conflict(ResourceKey export);
}
