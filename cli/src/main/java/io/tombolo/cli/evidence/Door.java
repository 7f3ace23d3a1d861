package io.tombolo.cli.evidence;

/**
 * Who answers at an address that a gateway of this cluster gives to others.
 * @param telling whether a refusal here means one there: not where the address is private and this may be another network
 */
public record Door(String gateway, String address, boolean telling, Answer answer) {
    /** What came back. */
    public sealed interface Answer {}

    /** TLS, and who proved to be there: by the key of a certificate that its trust domain's bundle vouches for. */
    public record Proven(String spiffeId) implements Answer {}

    /**
     * TLS, and whose certificate was shown without such a proof; anybody can show one.
     * @param spiffeId empty if it is none of a mesh
     * @param refuted  whether the bundle is known here and does not vouch for it
     */
    public record Shown(String spiffeId, boolean refuted, String why) implements Answer {}

    /** Nobody was asked. */
    public record Unasked(String why) implements Answer {}

    /** Nothing that could be talked to. */
    public record Closed(String why) implements Answer {}
}
