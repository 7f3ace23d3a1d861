package io.tombolo.model.name;

/**
 * The name of one member of the federation; unique and, for one epoch, never re-used.
 * @param value an RFC 1123 label of at most 63 characters
 */
public record ClusterId(String value) implements Comparable<ClusterId> {
    public ClusterId {
        Rfc1123.label("cluster", value);
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
