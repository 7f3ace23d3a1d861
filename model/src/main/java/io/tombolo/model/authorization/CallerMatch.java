package io.tombolo.model.authorization;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;

/**
 * Who is meant; all of its parts must fit. Compared with the id that the peer's certificate proved, never with a header.
 * @param clusters the member that the caller's trust domain is bound to
 */
public record CallerMatch(
        Among<IdPattern> ids, Among<TrustDomain> trustDomains, Among<String> namespaces, Among<ClusterId> clusters) {
    public CallerMatch {
        if (ids.isAny() && trustDomains.isAny() && namespaces.isAny() && clusters.isAny()) {
            throw PolicySyntax.bad("from", "", "say who is meant, or leave `from` out, which means everybody");
        }
        namespaces.in().forEach(PolicySyntax::namespace);
        namespaces.not().forEach(PolicySyntax::namespace);
    }

    boolean fits(SpiffeId caller, ClusterId cluster) {
        return clusters.fits(cluster)
                && trustDomains.fits(caller.trustDomain())
                && namespaces.fits(caller.namespace())
                && (ids.in().isEmpty() || IdPattern.anyFits(ids.in(), caller))
                && !IdPattern.anyFits(ids.not(), caller);
    }
}
