package io.tombolo.model.name;

/**
 * The name of the set of linked clusters; part of every SNI and topic name.
 * @param value an RFC 1123 label of at most 47 characters
 */
public record FederationName(String value) {
    /** Longest name, in characters: leaves room for the other parts of an SNI. */
    public static final int MAX_LENGTH = 47;

    public FederationName {
        Rfc1123.label("federation", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
