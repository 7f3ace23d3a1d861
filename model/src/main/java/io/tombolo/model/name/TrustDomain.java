package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/**
 * A SPIFFE trust domain; each cluster has one of its own, bound to it for ever.
 * @param name 1 to 255 of {@code a-z 0-9 . - _} (SPIFFE-ID §2.1)
 */
public record TrustDomain(String name) implements Comparable<TrustDomain> {
    public TrustDomain {
        if (name.isEmpty() || name.length() > 255 || !name.chars().allMatch(TrustDomain::allowed)) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    "trust domain '" + Rfc1123.printable(name) + "'",
                    "is not a SPIFFE trust domain",
                    "use 1 to 255 of a-z, 0-9, '.', '-' and '_'");
        }
    }

    /** The default trust domain of a cluster: {@code <cluster>.<federation>.tombolo}. */
    public static TrustDomain of(ClusterId cluster, FederationName federation) {
        return new TrustDomain(cluster + "." + federation + ".tombolo");
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    }

    /** The id of the trust domain itself, which its CA certificates carry: {@code spiffe://west.demo.tombolo}. */
    public String uri() {
        return "spiffe://" + name;
    }

    @Override
    public int compareTo(TrustDomain other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
