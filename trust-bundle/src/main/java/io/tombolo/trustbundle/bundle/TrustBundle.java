package io.tombolo.trustbundle.bundle;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.svid.SubjectNames;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The roots of one trust domain (SPIFFE Trust Domain and Bundle §4).
 * @param trustDomain whose they are
 * @param sequence    {@code spiffe_sequence}: 0 or more, higher with every change
 * @param roots       1 to {@value #MAX_ROOTS} different CA certificates, in the order published; none names another domain
 *     or has name constraints
 */
public record TrustBundle(TrustDomain trustDomain, long sequence, List<X509Certificate> roots) {
    /** Most roots in one bundle; a rotation needs two. */
    public static final int MAX_ROOTS = 16;

    /** Largest JWK Set, in bytes. */
    public static final int MAX_BYTES = 64 * 1_024;

    private static final int KEY_CERT_SIGN = 5;

    /** The JDK's path validation cannot apply those of a root; those of an intermediate it does. */
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    public TrustBundle {
        roots = List.copyOf(roots);
        check(trustDomain, sequence >= 0, "its sequence " + sequence + " is negative");
        check(trustDomain, !roots.isEmpty(), "it holds no X.509 root");
        check(trustDomain, roots.size() <= MAX_ROOTS, "it holds more than " + MAX_ROOTS + " roots");
        check(trustDomain, roots.stream().distinct().count() == roots.size(), "it holds the same root twice");
        for (X509Certificate root : roots) {
            checkRoot(trustDomain, root);
        }
    }

    /**
     * Reads a JWK Set as SPIFFE writes it. Keys of unknown {@code kty} or {@code use} are ignored; a missing
     * {@code spiffe_sequence} is 0.
     * @throws TomboloException {@link Fault#BAD_BUNDLE} if it is malformed, larger than 64 KiB, or has no usable root
     */
    public static TrustBundle parse(TrustDomain trustDomain, byte[] jwks) {
        return JwkSet.parse(trustDomain, jwks);
    }

    /** The JWK Set; the same bytes for the same bundle, on every machine and in every version. */
    public byte[] toJwks() {
        return JwkSet.write(this);
    }

    private static void checkRoot(TrustDomain trustDomain, X509Certificate root) {
        check(trustDomain, root.getBasicConstraints() >= 0, "one of its certificates is not a CA's");
        boolean[] usage = Optional.ofNullable(root.getKeyUsage()).orElseGet(() -> new boolean[0]);
        check(trustDomain, usage.length > KEY_CERT_SIGN && usage[KEY_CERT_SIGN], "one of its roots may not sign");
        check(
                trustDomain,
                root.getExtensionValue(NAME_CONSTRAINTS) == null,
                "one of its roots has name constraints, which would not be applied");
        List<String> uris = readable(trustDomain, root);
        check(
                trustDomain,
                uris.isEmpty() || uris.equals(List.of(trustDomain.uri())),
                "one of its roots names another trust domain");
    }

    /** The root's URI names; its key is of a sort that a JWK can hold. */
    private static List<String> readable(TrustDomain trustDomain, X509Certificate root) {
        try {
            JwkKey.parameters(root.getPublicKey());
            return SubjectNames.of(root).uris();
        } catch (TomboloException malformed) {
            throw bad(trustDomain, "one of its roots cannot be used: " + malformed.what());
        }
    }

    private static void check(TrustDomain trustDomain, boolean holds, String what) {
        if (!holds) {
            throw bad(trustDomain, what);
        }
    }

    static TomboloException bad(TrustDomain trustDomain, String what) {
        return new TomboloException(
                Fault.BAD_BUNDLE,
                "trust bundle of " + trustDomain,
                what,
                "publish it again from that cluster; the bundle held before stays in use");
    }
}
