package io.tombolo.controller.tokens;

import java.util.Locale;

/** What the holder of an API credential may do. */
public enum AccessRole {
    /** Reads everything. */
    VIEWER,
    /** Reads everything, changes resources and makes workload tokens of one namespace. */
    OWNER,
    /** Everything. */
    OPERATOR;

    /** Lower case, as in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
