package io.tombolo.model.authorization;

import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.util.Optional;
import java.util.Set;

/**
 * One SPIFFE id, or all below a {@code /}: a trust domain, or a namespace of it.
 * @param namespace empty = all
 * @param account   empty = all
 */
public record IdPattern(TrustDomain trustDomain, Optional<String> namespace, Optional<String> account) {
    private static final String SCHEME = "spiffe://";
    private static final String HOW = "write spiffe://<trust domain>/ns/<namespace>/sa/<account>, or end it with /*";

    public IdPattern {
        namespace.ifPresent(PolicySyntax::namespace);
        account.ifPresent(PolicySyntax::namespace);
        if (account.isPresent() && namespace.isEmpty()) {
            throw PolicySyntax.bad("id", "", HOW);
        }
    }

    /** Reads {@code spiffe://td/ns/shop/sa/web}, {@code spiffe://td/ns/shop/sa/*}, {@code spiffe://td/ns/shop/*}, {@code spiffe://td/*}. */
    public static IdPattern parse(String text) {
        if (!text.endsWith("/*")) {
            SpiffeId id = SpiffeId.parse(text).orElseThrow(() -> PolicySyntax.bad("id", text, HOW));
            return new IdPattern(id.trustDomain(), Optional.of(id.namespace()), Optional.of(id.account()));
        }
        String[] parts = text.startsWith(SCHEME) && text.length() > SCHEME.length() + 2
                ? text.substring(SCHEME.length(), text.length() - 2).split("/", -1)
                : new String[0];
        boolean ofDomain = parts.length == 1 || (parts.length == 2 && parts[1].equals("ns"));
        boolean ofNamespace =
                (parts.length == 3 || (parts.length == 4 && parts[3].equals("sa"))) && parts[1].equals("ns");
        if (!ofDomain && !ofNamespace) {
            throw PolicySyntax.bad("id", text, HOW);
        }
        return new IdPattern(
                new TrustDomain(parts[0]), ofNamespace ? Optional.of(parts[2]) : Optional.empty(), Optional.empty());
    }

    static boolean anyFits(Set<IdPattern> patterns, SpiffeId caller) {
        for (IdPattern pattern : patterns) {
            if (pattern.fits(caller)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(SpiffeId caller) {
        return trustDomain.equals(caller.trustDomain())
                && (namespace.isEmpty() || namespace.get().equals(caller.namespace()))
                && (account.isEmpty() || account.get().equals(caller.account()));
    }

    /** As it is written. */
    @Override
    public String toString() {
        return SCHEME
                + trustDomain
                + namespace
                        .map(in -> "/ns/" + in + account.map(of -> "/sa/" + of).orElse("/sa/*"))
                        .orElse("/*");
    }
}
