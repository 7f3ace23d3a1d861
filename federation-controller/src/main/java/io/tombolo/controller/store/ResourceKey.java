package io.tombolo.controller.store;

import io.tombolo.model.name.ServiceName;
import java.util.Comparator;

/** Names one resource. */
public record ResourceKey(ResourceKind kind, ServiceName name) implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::kind).thenComparing(ResourceKey::name);

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code ServiceExport shop/checkout}. */
    @Override
    public String toString() {
        return kind.text() + " " + name;
    }
}
