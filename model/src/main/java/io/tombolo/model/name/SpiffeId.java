package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;

/**
 * Who a workload is, as its certificate proves it: {@code spiffe://<trust domain>/ns/<namespace>/sa/<account>}.
 * Source: SPIFFE-ID §2. Ids of other shapes exist elsewhere but are nobody here.
 * @param trustDomain the cluster that vouches for it
 * @param namespace   RFC 1123 label; {@code tombolo-system} is reserved for the mesh itself
 * @param account     RFC 1123 label
 */
public record SpiffeId(TrustDomain trustDomain, String namespace, String account) implements Comparable<SpiffeId> {
    /** The namespace that no workload may have. */
    public static final String SYSTEM_NAMESPACE = "tombolo-system";

    private static final String NAMES_ACCOUNT = "dns";
    private static final String SCHEME = "spiffe://";
    private static final int MAX_LENGTH = 2_048;

    public SpiffeId {
        Rfc1123.label("namespace", namespace);
        Rfc1123.label("account", account);
    }

    /** The id of the gateways of {@code trustDomain}. */
    public static SpiffeId gateway(TrustDomain trustDomain) {
        return new SpiffeId(trustDomain, SYSTEM_NAMESPACE, "gateway");
    }

    /** The id of the controllers of {@code trustDomain}. */
    public static SpiffeId controller(TrustDomain trustDomain) {
        return new SpiffeId(trustDomain, SYSTEM_NAMESPACE, "controller");
    }

    /** The id of what answers for names in {@code trustDomain}. */
    public static SpiffeId names(TrustDomain trustDomain) {
        return new SpiffeId(trustDomain, SYSTEM_NAMESPACE, NAMES_ACCOUNT);
    }

    /** Whether what answers for names has this account. */
    public static boolean isNames(String namespace, String account) {
        return namespace.equals(SYSTEM_NAMESPACE) && account.equals(NAMES_ACCOUNT);
    }

    /** Whether gateways have this account. */
    public static boolean isGateway(String namespace, String account) {
        return namespace.equals(SYSTEM_NAMESPACE) && account.equals("gateway");
    }

    /** Whether it is the id of a trust domain's gateways. */
    public boolean isGateway() {
        return isGateway(namespace, account);
    }

    /** Reads an id, exactly as written: no other case, no query, no percent signs, no further segments. */
    public static Optional<SpiffeId> parse(String uri) {
        if (uri.length() > MAX_LENGTH || !uri.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String[] parts = uri.substring(SCHEME.length()).split("/", -1);
        if (parts.length != 5 || !parts[1].equals("ns") || !parts[3].equals("sa")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SpiffeId(new TrustDomain(parts[0]), parts[2], parts[4]));
        } catch (TomboloException notAnId) {
            return Optional.empty();
        }
    }

    /** Like {@link #parse} for text that a user wrote. */
    public static SpiffeId require(String uri) {
        return parse(uri)
                .orElseThrow(() -> new TomboloException(
                        Fault.BAD_NAME,
                        "id '" + Rfc1123.printable(uri) + "'",
                        "is not a workload's SPIFFE id",
                        "write spiffe://<trust domain>/ns/<namespace>/sa/<account>"));
    }

    @Override
    public int compareTo(SpiffeId other) {
        return toString().compareTo(other.toString());
    }

    /** The URI itself. */
    @Override
    public String toString() {
        return SCHEME + trustDomain + "/ns/" + namespace + "/sa/" + account;
    }
}
