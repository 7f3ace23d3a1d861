package io.tombolo.model.authorization;

import java.util.Locale;

/** How far a policy reaches, the most specific first. */
public enum Level {
    /** One service. */
    SERVICE,
    /** Every service of one namespace. */
    NAMESPACE,
    /** Every service of this cluster. */
    MESH;

    /** As people read it: {@code namespace}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
