package io.tombolo.model.name;

import org.jspecify.annotations.Nullable;

/**
 * The name of one member of the federation; unique and, for one epoch, never re-used.
 * @param value an RFC 1123 label of at most 63 characters
 */
public record ClusterId(String value) implements Comparable<ClusterId> {
    public ClusterId {
        Rfc1123.label("cluster", value);
    }

    // Written out, here and below: what the compiler makes for records is slow where only the first compiler runs, as
    // in controllers.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClusterId(String name) && value.equals(name);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(ClusterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
