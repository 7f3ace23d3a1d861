package io.tombolo.cli.evidence;

/**
 * Who answers at an address that a gateway of this cluster gives to others.
 * @param telling whether a refusal here means one there: not where the address is private and this may be another network
 */
public record Door(String gateway, String address, boolean telling, Answer answer) {
    /** What came back. */
    public sealed interface Answer {}

    /** TLS, and who proves to be there; empty if it proved to be nobody of a mesh. */
    public record Proven(String spiffeId) implements Answer {}

    /** Nothing that could be talked to. */
    public record Closed(String why) implements Answer {}
}
